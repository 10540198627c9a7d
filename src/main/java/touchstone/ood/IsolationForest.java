package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Isolation forest: {@code 2^(-mean path length / c(m))} over random trees, in (0, 1); near 1 for rows that few random cuts
 * isolate. Each tree cuts a sample of m rows at random values of random columns; c(m) is the mean path length of an
 * unsuccessful search in a binary tree of m keys. Labels are not used.
 *
 * <p>Follows the paper: 100 trees of 256 rows, as deep as log2 of the sample. Only columns that vary in a node are cut.
 *
 * @param trees 1 or more
 * @param sample rows a tree, 2 or more; all rows, where there are fewer
 * @param seed of samples and cuts
 */
@Reference("liu2008isolation")
public record IsolationForest(int trees, int sample, long seed) implements Detector {
    private static final double EULER = 0.5772156649015329;

    public IsolationForest {
        Check.atLeast(trees, 1, "trees");
        Check.atLeast(sample, 2, "sample");
    }

    /** 100 trees of 256 rows, seed 1. */
    public static IsolationForest defaults() {
        return new IsolationForest(100, 256, 1);
    }

    public IsolationForest withTrees(int t) {
        return new IsolationForest(t, sample, seed);
    }

    public IsolationForest withSeed(long s) {
        return new IsolationForest(trees, sample, s);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES);
    }

    @Override
    public Scorer learn(Batch train) {
        double[][] x = train.featureRows();
        Check.atLeast(x.length, 2, "number of training rows");
        int m = Math.min(sample, x.length);
        int depth = (int) Math.ceil(Math.log(m) / Math.log(2));
        Node[] forest = IntStream.range(0, trees)
                .parallel()
                .mapToObj(t -> {
                    RandomGenerator rng = Seeds.rng(seed, "isolation", t);
                    int[] order = Seeds.permutation(x.length, rng);
                    double[][] rows =
                            IntStream.range(0, m).mapToObj(i -> x[order[i]]).toArray(double[][]::new);
                    return grow(rows, depth, rng);
                })
                .toArray(Node[]::new);
        return batch -> Vectors.each(batch.size(), i -> {
            double sum = 0;
            for (Node tree : forest) {
                sum += tree.path(batch.featureRows()[i], 0);
            }
            return Math.pow(2, -sum / trees / meanPath(m));
        });
    }

    /** c(m): 0 for one row, 1 for two. */
    static double meanPath(int m) {
        return m <= 1 ? 0 : m == 2 ? 1 : 2 * (Math.log(m - 1) + EULER) - 2.0 * (m - 1) / m;
    }

    private static Node grow(double[][] rows, int depth, RandomGenerator rng) {
        int[] varying = rows.length < 2 || depth == 0 ? new int[0] : varying(rows);
        if (varying.length == 0) {
            return new Leaf(rows.length);
        }
        int column = varying[rng.nextInt(varying.length)];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : rows) {
            least = Math.min(least, row[column]);
            most = Math.max(most, row[column]);
        }
        double u = rng.nextDouble();
        double cut = Math.min(least * (1 - u) + most * u, Math.nextDown(most));
        return new Split(
                column,
                cut,
                grow(side(rows, column, cut, true), depth - 1, rng),
                grow(side(rows, column, cut, false), depth - 1, rng));
    }

    private static int[] varying(double[][] rows) {
        return IntStream.range(0, rows[0].length)
                .filter(j -> {
                    for (double[] row : rows) {
                        if (row[j] != rows[0][j]) {
                            return true;
                        }
                    }
                    return false;
                })
                .toArray();
    }

    private static double[][] side(double[][] rows, int column, double cut, boolean below) {
        return Arrays.stream(rows).filter(row -> (row[column] <= cut) == below).toArray(double[][]::new);
    }

    private interface Node {
        double path(double[] row, int depth);
    }

    private record Leaf(int rows) implements Node {
        @Override
        public double path(double[] row, int depth) {
            return depth + meanPath(rows);
        }
    }

    private record Split(int column, double cut, Node below, Node above) implements Node {
        @Override
        public double path(double[] row, int depth) {
            return (row[column] <= cut ? below : above).path(row, depth + 1);
        }
    }
}
