package touchstone.nn.cpu;

import java.util.Arrays;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/**
 * {@link HeadKernels} by plain loops along the positions, which are more than a head's columns: matrices lie as rows
 * [columns][steps], weights as [keys][queries], and the innermost loops are {@link FloatGemm}'s.
 */
final class FloatAttention implements HeadKernels {
    private final Backend.Heads heads;
    private final int d;
    private final int steps;
    private final int width;
    private final float scale;

    FloatAttention(Backend.Heads heads, int d) {
        this.heads = heads;
        this.d = d;
        steps = heads.steps();
        width = d / heads.count();
        scale = (float) (1 / Math.sqrt(width));
    }

    private FloatTensor part(FloatTensor x, int item, int third) {
        int column = third * d + item % heads.count() * width;
        return (FloatTensor) x.block(item / heads.count() * steps, steps, column, width);
    }

    /** The part of a third of an item, transposed, [width][steps]. */
    private float[][] columns(FloatTensor x, int item, int third) {
        return FloatGemm.columns(part(x, item, third));
    }

    private static void store(float[][] columns, FloatTensor to) {
        for (int c = 0; c < columns.length; c++) {
            float[] column = columns[c];
            int at = to.start(0) + c;
            for (int i = 0; i < column.length; i++, at += to.stride()) {
                to.data[at] = column[i];
            }
        }
    }

    /** First query that sees a key. */
    private int first(int key) {
        return heads.causal() ? key : 0;
    }

    @Override
    public void forward(Tensor x, Tensor weights, Tensor out, int item) {
        FloatTensor in = FloatTensor.of(x);
        float[][] keys = columns(in, item, 1);
        for (float[] row : keys) {
            FloatLoops.scale(scale, row, 0, steps);
        }
        float[][] p = outer(keys, columns(in, item, 0));
        softmax(p);
        FloatTensor kept = FloatTensor.of(weights);
        for (int j = 0; j < steps; j++) {
            System.arraycopy(p[j], 0, kept.data, kept.start(item * steps + j), steps);
        }
        store(product(columns(in, item, 2), p), part(FloatTensor.of(out), item, 0));
    }

    /** {@code out[j][i] = sum_c a[c][j] b[c][i]}. */
    private float[][] outer(float[][] a, float[][] b) {
        var out = new float[steps][steps];
        for (int j = 0; j < steps; j++) {
            int c = 0;
            for (; c + 3 < width; c += 4) {
                FloatGemm.add(
                        a[c][j], b[c], a[c + 1][j], b[c + 1], a[c + 2][j], b[c + 2], a[c + 3][j], b[c + 3], out[j]);
            }
            for (; c < width; c++) {
                FloatLoops.add(a[c][j], b[c], 0, out[j], 0, steps);
            }
        }
        return out;
    }

    /** {@code out[c][i] = sum_j a[c][j] p[j][i]}. */
    private float[][] product(float[][] a, float[][] p) {
        var out = new float[width][steps];
        for (int c = 0; c < width; c++) {
            float[] row = a[c];
            int j = 0;
            for (; j + 3 < steps; j += 4) {
                FloatGemm.add(row[j], p[j], row[j + 1], p[j + 1], row[j + 2], p[j + 2], row[j + 3], p[j + 3], out[c]);
            }
            for (; j < steps; j++) {
                FloatLoops.add(row[j], p[j], 0, out[c], 0, steps);
            }
        }
        return out;
    }

    /** Softmax down each column, over the keys that a query sees; zeros for the others. */
    private void softmax(float[][] p) {
        var most = new float[steps];
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < steps; j++) {
            for (int i = first(j); i < steps; i++) {
                most[i] = Math.max(most[i], p[j][i]);
            }
        }
        var sum = new float[steps];
        for (int j = 0; j < steps; j++) {
            float[] row = p[j];
            Arrays.fill(row, 0, first(j), 0);
            for (int i = first(j); i < steps; i++) {
                row[i] = FloatRows.exp(row[i] - most[i]);
            }
            FloatLoops.add(1, row, 0, sum, 0, steps);
        }
        for (int i = 0; i < steps; i++) {
            sum[i] = 1 / sum[i];
        }
        for (float[] row : p) {
            FloatLoops.times(row, 0, sum, 0, row, 0, steps);
        }
    }

    @Override
    public void backward(Tensor x, Tensor weights, Tensor dout, Tensor dx, int item) {
        FloatTensor in = FloatTensor.of(x);
        FloatTensor to = FloatTensor.of(dx);
        FloatTensor kept = FloatTensor.of(weights);
        var p = new float[steps][steps];
        for (int j = 0; j < steps; j++) {
            System.arraycopy(kept.data, kept.start(item * steps + j), p[j], 0, steps);
        }
        float[][] byOut = columns(FloatTensor.of(dout), item, 0);
        float[][] ds = outer(columns(in, item, 2), byOut);
        softmaxGradient(p, ds);
        store(product(byOut, turned(p)), part(to, item, 2));
        store(product(columns(in, item, 1), ds), part(to, item, 0));
        store(product(columns(in, item, 0), turned(ds)), part(to, item, 1));
    }

    /** Turns the gradient by the weights into that by the scores before the scale, with the scale taken in. */
    private void softmaxGradient(float[][] p, float[][] ds) {
        var dots = new float[steps];
        for (int j = 0; j < steps; j++) {
            addProducts(p[j], ds[j], dots);
        }
        for (int j = 0; j < steps; j++) {
            slopes(p[j], dots, scale, ds[j]);
        }
    }

    private static void addProducts(float[] a, float[] b, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += a[i] * b[i];
        }
    }

    private static void slopes(float[] p, float[] dots, float scale, float[] ds) {
        for (int i = 0; i < ds.length; i++) {
            ds[i] = p[i] * (ds[i] - dots[i]) * scale;
        }
    }

    private float[][] turned(float[][] square) {
        var out = new float[steps][steps];
        for (int i = 0; i < steps; i++) {
            float[] row = out[i];
            for (int j = 0; j < steps; j++) {
                row[j] = square[j][i];
            }
        }
        return out;
    }
}
