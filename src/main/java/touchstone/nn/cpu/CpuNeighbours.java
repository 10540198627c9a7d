package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import touchstone.nn.Algebra;

/**
 * Distances to the k-th nearest of many rows. In large banks products in float rule out what lies too far, and let in what lies
 * near enough, by more than their rounding can be; sums of squares in double decide among the few that are left. So the result is
 * that of the sums alone, of each query alone.
 */
final class CpuNeighbours implements Algebra.Neighbours {
    private static final int LARGE = 4096; // rows from which the product pays
    private static final int QUERIES = 256; // a tile of the product: 1 MB, that stays in a core's cache
    private static final int ROWS = 1024;
    private static final double SAFE = 1e15; // lengths within 1e-15 .. 1e15 neither overflow nor vanish in float

    private final Threads threads;
    private final double[][] rows;
    private final int k;
    private final double longest;
    private final boolean product;
    private final FloatPointer narrow; // [n, d + 1]: a row and half of its squared length

    private CpuNeighbours(Threads threads, double[][] rows, int k, int large) {
        this.threads = threads;
        this.rows = rows;
        this.k = k;
        longest = Math.sqrt(
                Arrays.stream(rows).mapToDouble(CpuNeighbours::square).max().orElse(0));
        product = rows.length >= large && safe(longest);
        narrow = product ? narrow() : new FloatPointer();
    }

    static CpuNeighbours of(Threads threads, double[][] rows, int k) {
        return new CpuNeighbours(threads, rows, k, LARGE);
    }

    /** With another size from which products are used. */
    static CpuNeighbours of(Threads threads, double[][] rows, int k, int large) {
        return new CpuNeighbours(threads, rows, k, large);
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

    private FloatPointer narrow() {
        int d = rows[0].length;
        var out = new FloatPointer((long) rows.length * (d + 1));
        var line = new float[d + 1];
        for (int i = 0; i < rows.length; i++) {
            narrow(rows[i], 1, line, 0);
            line[d] = (float) (square(rows[i]) / 2);
            out.position((long) i * (d + 1)).put(line);
        }
        return out.position(0);
    }

    private static void narrow(double[] row, int sign, float[] to, int at) {
        for (int j = 0; j < row.length; j++) {
            to[at + j] = (float) (sign * row[j]);
        }
    }

    @Override
    public double[] kth(double[][] queries) {
        var out = new double[queries.length];
        if (product) {
            int tiles = (queries.length + QUERIES - 1) / QUERIES;
            OneThread.run(() -> threads.share(tiles, Long.MAX_VALUE, (from, to) -> {
                for (int t = from; t < to; t++) {
                    tile(queries, t * QUERIES, Math.min(queries.length, (t + 1) * QUERIES), out);
                }
            }));
        } else {
            long work = (long) queries.length * rows.length * rows[0].length;
            threads.share(queries.length, work, (from, to) -> {
                for (int i = from; i < to; i++) {
                    out[i] = plain(queries[i]);
                }
            });
        }
        return out;
    }

    private double plain(double[] query) {
        var best = new Smallest(k);
        for (double[] row : rows) {
            best.add(squared(row, query, best.last()));
        }
        return best.last();
    }

    /** Queries [from, to) against all rows, a block of rows at a time: each product is half the square of x less q x. */
    private void tile(double[][] queries, int from, int to, double[] out) {
        int d = rows[0].length;
        int m = to - from;
        var lists = new Shortlist[m];
        var block = new float[m * (d + 1)];
        for (int q = 0; q < m; q++) {
            double length = Math.sqrt(square(queries[from + q]));
            double slack = (d + 8) * 0x1p-23 * (length + longest) * longest;
            lists[q] = new Shortlist(k, safe(length) ? slack : Double.POSITIVE_INFINITY);
            narrow(queries[from + q], -1, block, q * (d + 1));
            block[q * (d + 1) + d] = 1;
        }
        scan(block, m, d + 1, lists);
        for (int q = 0; q < m; q++) {
            out[from + q] = decide(queries[from + q], lists[q]);
        }
    }

    private void scan(float[] block, int m, int d, Shortlist[] lists) {
        var values = new float[m * ROWS];
        try (Scratch left = Scratch.floats(block.length);
                Scratch products = Scratch.floats(values.length)) {
            FloatPointer x = left.floats().put(block);
            FloatPointer y = products.floats();
            for (int start = 0; start < rows.length; start += ROWS) {
                int n = Math.min(ROWS, rows.length - start);
                FloatPointer bank = narrow.getPointer((long) start * d);
                cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, d, 1, x, d, bank, d, 0, y, n);
                y.get(values, 0, m * n);
                for (int q = 0; q < m; q++) {
                    lists[q].scan(start, values, q * n, n);
                }
            }
        }
    }

    private double decide(double[] query, Shortlist list) {
        if (list.unsure()) {
            return plain(query);
        }
        int[] open = list.open();
        var best = new Smallest(k - list.within());
        for (int i : open) {
            best.add(squared(rows[i], query, best.last()));
        }
        return best.last();
    }

    /** Squared distance, given up as soon as it passes the bar. */
    private static double squared(double[] a, double[] b, double bar) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            double difference = a[j] - b[j];
            sum += difference * difference;
            if (sum >= bar) {
                return sum;
            }
        }
        return sum;
    }

    /** The k smallest of what is added, in order. */
    private static final class Smallest {
        private final double[] values;

        Smallest(int k) {
            values = new double[k];
            Arrays.fill(values, Double.POSITIVE_INFINITY);
        }

        double last() {
            return values[values.length - 1];
        }

        void add(double value) {
            int at = values.length - 1;
            if (!(value < values[at])) {
                return;
            }
            for (; at > 0 && values[at - 1] > value; at--) {
                values[at] = values[at - 1];
            }
            values[at] = value;
        }
    }
}
