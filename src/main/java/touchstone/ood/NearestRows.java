package touchstone.ood;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Squared distances to the k-th nearest of many rows. In large banks a float32 product rules out what lies too far by more
 * than its rounding can be; double loops decide among the rest, so that the result is exact, and of one row alone.
 */
final class NearestRows {
    private static final int LARGE = 4096; // rows from which the product pays
    private static final int BLOCK = 128; // queries a product
    private static final double SAFE = 1e15; // lengths within 1e-15 .. 1e15 neither overflow nor vanish in float32

    private final double[][] rows;
    private final int k;
    private final double[] squares;
    private final double longest;
    private final boolean product;
    private final INDArray narrow;

    NearestRows(double[][] rows, int k) {
        this(rows, k, LARGE);
    }

    NearestRows(double[][] rows, int k, int large) {
        this.rows = rows;
        this.k = k;
        squares = Vectors.each(rows.length, i -> Vectors.dot(rows[i], rows[i]));
        longest = Math.sqrt(Vectors.max(squares));
        product = rows.length >= large && safe(longest);
        narrow = product ? narrow(rows) : Nd4j.empty(DataType.FLOAT);
    }

    private static boolean safe(double length) {
        return length < SAFE && length > 1 / SAFE;
    }

    /** [n, d] in float32, column by column, as the product takes it without a copy. */
    private static INDArray narrow(double[][] rows) {
        var values = new float[rows.length * rows[0].length];
        for (int j = 0; j < rows[0].length; j++) {
            for (int i = 0; i < rows.length; i++) {
                values[j * rows.length + i] = (float) rows[i][j];
            }
        }
        return Nd4j.create(values, new long[] {rows.length, rows[0].length}, 'f');
    }

    /** The k-th smallest squared distance of each query. */
    double[] kth(double[][] queries) {
        if (!product) {
            return Vectors.each(queries.length, i -> plain(queries[i]));
        }
        var result = new double[queries.length];
        for (int from = 0; from < queries.length; from += BLOCK) {
            double[][] block = Arrays.copyOfRange(queries, from, Math.min(queries.length, from + BLOCK));
            float[] products = products(block);
            double[] part = Vectors.each(block.length, i -> pruned(block[i], products, i * rows.length));
            System.arraycopy(part, 0, result, from, part.length);
        }
        return result;
    }

    /** Inner products, those of one query after those of another. */
    private float[] products(double[][] block) {
        var values = new float[block.length * rows.length];
        try (INDArray out = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows.length, block.length}, 'f');
                INDArray q = narrow(block)) {
            Nd4j.gemm(narrow, q, out, false, true, 1, 0);
            out.data().asNioFloat().get(values);
        }
        return values;
    }

    private double pruned(double[] query, float[] products, int at) {
        double length = Vectors.norm(query);
        if (!safe(length)) {
            return plain(query);
        }
        double rounding = 2 * (query.length + 4) * 0x1p-23 * length * longest;
        var best = infinities();
        for (int i = 0; i < rows.length; i++) {
            insert(best, squares[i] - 2.0 * products[at + i]);
        }
        double bar = best[k - 1] + 2 * rounding;
        var exact = infinities();
        for (int i = 0; i < rows.length; i++) {
            if (squares[i] - 2.0 * products[at + i] <= bar) {
                insert(exact, squared(rows[i], query, exact[k - 1]));
            }
        }
        return exact[k - 1];
    }

    private double plain(double[] query) {
        var best = infinities();
        for (double[] row : rows) {
            insert(best, squared(row, query, best[k - 1]));
        }
        return best[k - 1];
    }

    private double[] infinities() {
        var best = new double[k];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        return best;
    }

    /** Keeps the smallest values, sorted. */
    private static void insert(double[] best, double value) {
        int at = best.length - 1;
        if (!(value < best[at])) {
            return;
        }
        while (at > 0 && best[at - 1] > value) {
            best[at] = best[at - 1];
            at--;
        }
        best[at] = value;
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
}
