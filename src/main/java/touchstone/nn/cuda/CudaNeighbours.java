package touchstone.nn.cuda;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;
import touchstone.nn.cuda.CudaOptions.Precision;
import touchstone.nn.cuda.Kernels.Grid;
import touchstone.util.Check;

/**
 * Distances to the k-th nearest of many rows: the processor's, to the bit. For each query the card keeps the rows with the least
 * {@code |x|^2 / 2 - q x} in float32, more than k of them. With u = 2^-24, rounding of the numbers, of d products in any order
 * and of the difference errs by at most {@code (d + 4) u (|q| + |x|) |x|}; {@code slack} is more than twice that for the longest x.
 * So where the k-th least number is b, the k-th nearest row lies within b - 2 slack and b + 2 slack: rows below are nearer, rows
 * above further, and sums of squares in double decide among those between, as {@code touchstone.nn.cpu} does. A list suffices
 * if its last number lies above b + 2 slack; for queries whose list does not, for k above 127 and for lengths that float cannot
 * square, all distances are taken in double on the card ({@link ExactDistances}).
 */
final class CudaNeighbours implements Algebra.Neighbours {
    private static final int QUERIES = 2048; // a tile of products: 256 MB
    private static final int ROWS = 1 << 15;
    private static final double SAFE = 1e15; // lengths within 1e-15 .. 1e15 neither overflow nor vanish in float

    private final Gemm gemm;
    private final Context context;
    private final double[][] rows;
    private final int k;
    private final int kept;
    private final int d;
    private final double longest;
    private final Bank bank;
    private final int high;

    private CudaNeighbours(Gemm gemm, double[][] rows, int k, double longest) {
        this.gemm = gemm;
        context = gemm.context();
        this.rows = rows;
        this.k = k;
        d = rows[0].length;
        kept = Math.min(rows.length, Math.min(Nearest.MOST, 2 * k + 16));
        this.longest = longest;
        long row = (long) d * Float.BYTES;
        bank = new Bank(
                context, rows.length, row, ROWS, (first, count, at) -> Panels.floats(context, rows, first, count, at));
        high = context.fitting(8, Math.max(row, (long) bank.height() * Float.BYTES), QUERIES);
    }

    static Algebra.Neighbours of(Gemm gemm, double[][] rows, int k) {
        int d = rows[0].length;
        for (double[] row : rows) {
            Check.sameLength(row.length, "rows", d, "the first row");
        }
        if (d == 0) {
            return queries -> new double[queries.length];
        }
        boolean listed = k < Nearest.MOST || rows.length <= Nearest.MOST;
        double longest = Math.sqrt(
                Arrays.stream(rows).mapToDouble(CudaNeighbours::square).max().orElse(0));
        return listed && safe(longest)
                ? new CudaNeighbours(gemm, rows, k, longest)
                : queries -> new ExactDistances(gemm.context(), rows, k).kth(queries);
    }

    /** More than twice what rounding can do to {@code |x|^2 / 2 - q x}, of rows up to the longest. */
    static double slack(int d, double length, double longest) {
        return (d + 8) * 0x1p-23 * (length + longest) * longest;
    }

    private static boolean safe(double length) {
        return length < SAFE && length > 1 / SAFE;
    }

    private static double square(double[] row) {
        double sum = 0;
        for (double v : row) {
            sum += v * v;
        }
        return sum;
    }

    @Override
    public double[] kth(double[][] queries) {
        for (double[] query : queries) {
            Check.sameLength(query.length, "rows of queries", d, "rows");
        }
        var out = new double[queries.length];
        try {
            for (int top = 0; top < queries.length; top += high) {
                tile(queries, top, Math.min(high, queries.length - top), out);
            }
        } finally {
            Reference.reachabilityFence(this);
        }
        int[] unsure = IntStream.range(0, out.length).filter(i -> out[i] < 0).toArray();
        if (unsure.length > 0) {
            double[][] left = Arrays.stream(unsure).mapToObj(i -> queries[i]).toArray(double[][]::new);
            double[] found = new ExactDistances(context, rows, k).kth(left);
            for (int i = 0; i < unsure.length; i++) {
                out[unsure[i]] = found[i];
            }
        }
        return out;
    }

    /** Queries {@code top} to {@code top + m - 1}; -1 where the list does not suffice. */
    private void tile(double[][] queries, int top, int m, double[] out) {
        var values = new float[m * kept];
        var indices = new int[m * kept];
        int wide = bank.height();
        try (Scratch x = context.scratch((long) m * d * Float.BYTES);
                Scratch products = context.scratch((long) m * wide * Float.BYTES);
                Scratch squares = context.scratch((long) wide * Float.BYTES);
                Scratch least = context.scratch((long) values.length * Float.BYTES);
                Scratch numbers = context.scratch((long) values.length * Integer.BYTES)) {
            Panels.floats(context, queries, top, m, x.address());
            bank.each((first, count, address) -> {
                Factor right = Factor.of(address, d).turn();
                Factor result = Factor.of(products.address(), count);
                gemm.product(Precision.EXACT, Factor.of(x.address(), d), right, false, result, m, count, d);
                squares(address, count, squares.address());
                Object[] arguments = {
                    products.address(),
                    squares.address(),
                    least.address(),
                    numbers.address(),
                    (long) m,
                    (long) count,
                    (long) count,
                    (long) first,
                    (long) kept
                };
                context.kernels().launch("neighbours", "ts_nearest_halves", Grid.blocks(m), arguments);
            });
            context.transfers().fromCard(least.address(), values);
            context.transfers().fromCard(numbers.address(), indices);
        }
        IntStream.range(0, m)
                .parallel()
                .forEach(i -> out[top + i] = decide(queries[top + i], values, indices, i * kept));
    }

    private void squares(long slab, int count, long out) {
        context.kernels()
                .launch("rows", "ts_row_squares", Grid.team(count, d), slab, out, (long) count, (long) d, (long) d);
    }

    private double decide(double[] query, float[] values, int[] indices, int at) {
        double length = Math.sqrt(square(query));
        double slack = slack(d, length, longest);
        double bar = values[at + k - 1];
        boolean enough = kept == rows.length || values[at + kept - 1] > bar + 2 * slack;
        if (!safe(length) || !enough) {
            return -1;
        }
        int within = 0;
        var open = new double[kept];
        int count = 0;
        for (int j = at; j < at + kept && values[j] <= bar + 2 * slack; j++) {
            if (values[j] < bar - 2 * slack) {
                within++;
            } else {
                open[count++] = squared(rows[indices[j]], query);
            }
        }
        Arrays.sort(open, 0, count);
        return open[k - within - 1];
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            double difference = a[j] - b[j];
            sum += difference * difference;
        }
        return sum;
    }
}
