package touchstone.nn.cpu;

/**
 * Matrix products by plain loops over rows of the output: each element sums over k in one fixed order, so the result does not
 * depend on how the rows are shared out.
 */
final class FloatGemm {
    private FloatGemm() {}

    /** Adds {@code op(A) B} to rows [from, to) of C, where op transposes on demand; four steps of k at a time. */
    static void add(FloatTensor a, boolean transposed, FloatTensor b, FloatTensor c, int from, int to) {
        int inner = b.rows();
        int along = transposed ? a.stride() : 1;
        int down = transposed ? 1 : a.stride();
        for (int i = from; i < to; i++) {
            int at = a.start(0) + i * down;
            int k = 0;
            for (; k + 3 < inner; k += 4) {
                four(a.data, at + k * along, along, b, k, c, i);
            }
            for (; k < inner; k++) {
                one(a.data[at + k * along], b, k, c, i);
            }
        }
    }

    private static void four(float[] a, int at, int along, FloatTensor b, int k, FloatTensor c, int i) {
        float a0 = a[at];
        float a1 = a[at + along];
        float a2 = a[at + 2 * along];
        float a3 = a[at + 3 * along];
        axpy4(a0, a1, a2, a3, b.data, b.start(k), b.stride(), c.data, c.start(i), c.columns());
    }

    private static void axpy4(
            float a0, float a1, float a2, float a3, float[] b, int b0, int stride, float[] c, int at, int n) {
        int b1 = b0 + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        for (int j = 0; j < n; j++) {
            c[at + j] += (a0 * b[b0 + j] + a1 * b[b1 + j]) + (a2 * b[b2 + j] + a3 * b[b3 + j]);
        }
    }

    private static void one(float factor, FloatTensor b, int k, FloatTensor c, int i) {
        float[] from = b.data;
        float[] to = c.data;
        int at = c.start(i);
        int start = b.start(k);
        for (int j = 0; j < c.columns(); j++) {
            to[at + j] += factor * from[start + j];
        }
    }

    /** The transpose, copied. */
    static FloatTensor transpose(FloatTensor x) {
        var out = new float[x.size()];
        int rows = x.rows();
        int columns = x.columns();
        for (int i = 0; i < rows; i++) {
            int at = x.start(i);
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = x.data[at + j];
            }
        }
        return new FloatTensor(out, columns, rows, 0, rows);
    }
}
