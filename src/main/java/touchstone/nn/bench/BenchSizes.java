package touchstone.nn.bench;

import java.util.List;
import touchstone.util.Check;

/**
 * How large the operations are.
 *
 * @param copyBytes bytes of a copy, a multiple of 4
 * @param products sides of the square matrices that are multiplied
 * @param neighbours the search for nearest rows
 * @param scored rows that are scored, of {@code neighbours.width()} numbers
 * @param classes class means of a score and columns of its logits
 * @param networks what is trained
 * @param least seconds that a repeat of the timing lasts at least
 */
public record BenchSizes(
        int copyBytes,
        List<Integer> products,
        Search neighbours,
        int scored,
        int classes,
        List<NetworkSize> networks,
        double least) {
    private static final double TWENTY_MS = 0.02;
    private static final int MEBI = 1 << 20;
    private static final int K = 50;

    public BenchSizes {
        Check.atLeast(copyBytes, 4, "copyBytes");
        products = List.copyOf(products);
        networks = List.copyOf(networks);
        Check.notNegative(least, "least");
    }

    /**
     * A search for nearest rows.
     *
     * @param queries rows asked for
     * @param rows among which is searched
     * @param width numbers a row
     * @param k neighbours of each query
     */
    public record Search(int queries, int rows, int width, int k) {}

    /** The sizes of the published table; a card needs about 6 GB of memory, the machine as much. */
    public static BenchSizes full() {
        return new BenchSizes(
                256 * MEBI,
                List.of(1024, 2048, 4096, 8192),
                new Search(100_000, 1_000_000, 512, K),
                1_000_000,
                10,
                List.of(
                        NetworkSize.perceptron(64, 2, 128),
                        NetworkSize.perceptron(1024, 3, 512),
                        NetworkSize.perceptron(4096, 4, 2048),
                        NetworkSize.transformer(64, 2, 32, 32),
                        NetworkSize.transformer(256, 4, 128, 32),
                        NetworkSize.transformer(512, 8, 256, 32)),
                TWENTY_MS);
    }

    /** Small ones, for a first look. */
    public static BenchSizes quick() {
        return new BenchSizes(
                8 * MEBI,
                List.of(256, 512),
                new Search(1000, 10_000, 64, 10),
                20_000,
                10,
                List.of(
                        NetworkSize.perceptron(64, 2, 128),
                        NetworkSize.perceptron(256, 2, 128),
                        NetworkSize.transformer(64, 2, 32, 8)),
                TWENTY_MS);
    }

    /** Just enough for everything to run. */
    public static BenchSizes tiny() {
        return new BenchSizes(
                4096,
                List.of(24),
                new Search(9, 70, 8, 3),
                40,
                3,
                List.of(NetworkSize.perceptron(8, 1, 4), NetworkSize.transformer(8, 1, 4, 2)),
                0);
    }
}
