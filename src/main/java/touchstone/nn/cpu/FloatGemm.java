package touchstone.nn.cpu;

/**
 * Small matrix products by plain loops. Rows are copied to arrays of their own first: the compiler makes vectors of a loop over several
 * arrays at one index, not of one over several places in an array. Each element sums over k in one fixed order, four at a time.
 */
final class FloatGemm {
    private static final int NARROW = 16; // columns below which vectors do not pay

    private FloatGemm() {}

    /** {@code C += A B}, or {@code A^T B}. */
    static void add(FloatTensor a, boolean transposed, FloatTensor b, FloatTensor c) {
        if (transposed && c.columns() < NARROW && c.rows() >= NARROW) {
            addTurned(a, b, c);
        } else {
            add(a, transposed, rows(b), c);
        }
    }

    /** {@code C += A B^T}. */
    static void addAbt(FloatTensor a, FloatTensor b, FloatTensor c) {
        add(a, false, columns(b), c);
    }

    private static void add(FloatTensor a, boolean transposed, float[][] b, FloatTensor c) {
        int along = transposed ? a.stride() : 1;
        int down = transposed ? 1 : a.stride();
        var sum = new float[c.columns()];
        for (int i = 0; i < c.rows(); i++) {
            System.arraycopy(c.data, c.start(i), sum, 0, sum.length);
            addRow(a.data, a.start(0) + i * down, along, b, sum);
            System.arraycopy(sum, 0, c.data, c.start(i), sum.length);
        }
    }

    /** {@code C^T += B^T A}, for {@code C += A^T B} of few columns. */
    private static void addTurned(FloatTensor a, FloatTensor b, FloatTensor c) {
        float[][] rows = rows(a);
        var sum = new float[c.rows()];
        for (int j = 0; j < c.columns(); j++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] = c.data[c.start(i) + j];
            }
            addRow(b.data, b.start(0) + j, b.stride(), rows, sum);
            for (int i = 0; i < sum.length; i++) {
                c.data[c.start(i) + j] = sum[i];
            }
        }
    }

    /** Adds rows of b, with factors from {@code at} on, so far apart, to a row. */
    private static void addRow(float[] a, int at, int along, float[][] b, float[] sum) {
        int k = 0;
        for (; k + 3 < b.length; k += 4, at += 4 * along) {
            add(a[at], b[k], a[at + along], b[k + 1], a[at + 2 * along], b[k + 2], a[at + 3 * along], b[k + 3], sum);
        }
        for (; k < b.length; k++, at += along) {
            FloatLoops.add(a[at], b[k], 0, sum, 0, sum.length);
        }
    }

    /** Adds four rows, each with its factor. */
    static void add(
            float a0, float[] b0, float a1, float[] b1, float a2, float[] b2, float a3, float[] b3, float[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
        }
    }

    private static float[][] rows(FloatTensor x) {
        var out = new float[x.rows()][x.columns()];
        for (int i = 0; i < out.length; i++) {
            System.arraycopy(x.data, x.start(i), out[i], 0, x.columns());
        }
        return out;
    }

    /** The columns of a matrix, as rows. */
    static float[][] columns(FloatTensor x) {
        var out = new float[x.columns()][x.rows()];
        for (int j = 0; j < out.length; j++) {
            float[] column = out[j];
            int at = x.start(0) + j;
            for (int i = 0; i < column.length; i++, at += x.stride()) {
                column[i] = x.data[at];
            }
        }
        return out;
    }
}
