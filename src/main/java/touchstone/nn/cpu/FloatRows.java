package touchstone.nn.cpu;

import touchstone.nn.Activation;
import touchstone.nn.Tensor;

/** {@link Rows} of float tensors, in float where the compiler makes vectors of it; within some 5e-7 of {@link RowKernels}. */
final class FloatRows implements Rows {
    private static final double LOG2 = Math.log(2);

    @Override
    public void activate(Activation f, Tensor x, Tensor y, int from, int to) {
        FloatTensor in = FloatTensor.of(x);
        FloatTensor out = FloatTensor.of(y);
        var row = new float[x.columns()];
        var value = new float[x.columns()];
        for (int i = from; i < to; i++) {
            if (f == Activation.RELU) {
                FloatLoops.relu(in.data, in.start(i), out.data, out.start(i), in.columns());
            } else {
                System.arraycopy(in.data, in.start(i), row, 0, row.length);
                FloatActivations.values(f, row, value);
                System.arraycopy(value, 0, out.data, out.start(i), row.length);
            }
        }
    }

    @Override
    public void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx, int from, int to) {
        FloatTensor in = FloatTensor.of(x);
        FloatTensor by = FloatTensor.of(dy);
        FloatTensor out = FloatTensor.of(dx);
        var row = new float[x.columns()];
        var slope = new float[x.columns()];
        for (int i = from; i < to; i++) {
            if (f == Activation.RELU) {
                FloatLoops.reluGradient(in, by, out, i);
            } else {
                System.arraycopy(in.data, in.start(i), row, 0, row.length);
                FloatActivations.slopes(f, row, slope);
                FloatLoops.times(by.data, by.start(i), slope, 0, out.data, out.start(i), row.length);
            }
        }
    }

    /** {@code exp(x)} for x up to 0, to 1e-9: a power of two times Taylor's series; 0 below -87, where a float loses digits. */
    static float exp(float x) {
        if (!(x > -87)) {
            return Float.isNaN(x) ? x : 0;
        }
        int n = (int) (x * (1 / LOG2) - 0.5);
        double r = x - n * LOG2;
        double low = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0)));
        double high = 1 / 24.0 + r * (1 / 120.0 + r * (1 / 720.0 + r * (1 / 5040.0 + r * (1 / 40320.0))));
        double rr = r * r;
        return (float) ((low + rr * rr * high) * Double.longBitsToDouble((n + 1023L) << 52));
    }

    @Override
    public void softmax(Tensor x, Tensor y, int row, int width) {
        FloatTensor in = FloatTensor.of(x);
        FloatTensor out = FloatTensor.of(y);
        int at = in.start(row);
        int to = out.start(row);
        float most = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < width; j++) {
            most = Math.max(most, in.data[at + j]);
        }
        double sum = 0;
        for (int j = 0; j < width; j++) {
            float e = exp(in.data[at + j] - most);
            out.data[to + j] = e;
            sum += e;
        }
        FloatLoops.scale((float) (1 / sum), out.data, to, width);
        java.util.Arrays.fill(out.data, to + width, to + y.columns(), 0);
    }

    @Override
    public void softmaxGradient(Tensor y, Tensor dy, Tensor dx, int row) {
        FloatTensor out = FloatTensor.of(y);
        FloatTensor by = FloatTensor.of(dy);
        FloatTensor to = FloatTensor.of(dx);
        float dot = (float) dot(out.data, out.start(row), by.data, by.start(row), y.columns());
        scaleShifted(out.data, out.start(row), by.data, by.start(row), dot, to.data, to.start(row), y.columns());
    }

    /** {@code dx = y (dy - shift)}. */
    private static void scaleShifted(float[] y, int at, float[] dy, int by, float shift, float[] dx, int to, int n) {
        for (int j = 0; j < n; j++) {
            dx[to + j] = y[at + j] * (dy[by + j] - shift);
        }
    }

    @Override
    public void normalise(Tensor x, double epsilon, Tensor y, Tensor inverse, int row) {
        FloatTensor in = FloatTensor.of(x);
        FloatTensor out = FloatTensor.of(y);
        int d = x.columns();
        int at = in.start(row);
        double mean = sum(in.data, at, d) / d;
        double factor = 1 / Math.sqrt(squares(in.data, at, (float) mean, d) / d + epsilon);
        inverse.set(row, 0, factor);
        line(in.data, at, (float) factor, (float) (-mean * factor), out.data, out.start(row), d);
    }

    /** {@code y = a x + b}. */
    private static void line(float[] x, int at, float a, float b, float[] y, int to, int n) {
        for (int j = 0; j < n; j++) {
            y[to + j] = a * x[at + j] + b;
        }
    }

    @Override
    public void normaliseGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx, int row) {
        FloatTensor out = FloatTensor.of(y);
        FloatTensor by = FloatTensor.of(dy);
        FloatTensor to = FloatTensor.of(dx);
        int d = y.columns();
        float mean = (float) (sum(by.data, by.start(row), d) / d);
        float along = (float) (dot(out.data, out.start(row), by.data, by.start(row), d) / d);
        float factor = (float) inverse.get(row, 0);
        spread(out.data, out.start(row), along, by.data, by.start(row), mean, factor, to.data, to.start(row), d);
    }

    /** {@code dx = factor (dy - mean - along y)}. */
    private static void spread(
            float[] y, int at, float along, float[] dy, int by, float mean, float factor, float[] dx, int to, int n) {
        for (int j = 0; j < n; j++) {
            dx[to + j] = factor * (dy[by + j] - mean - y[at + j] * along);
        }
    }

    @Override
    public void timesRow(Tensor x, Tensor row, Tensor out, int i) {
        FloatTensor in = FloatTensor.of(x);
        FloatTensor by = FloatTensor.of(row);
        FloatTensor to = FloatTensor.of(out);
        FloatLoops.times(in.data, in.start(i), by.data, by.start(0), to.data, to.start(i), x.columns());
    }

    /** Sum in double, by four running sums. */
    private static double sum(float[] x, int at, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            a += x[at + j];
            b += x[at + j + 1];
            c += x[at + j + 2];
            d += x[at + j + 3];
        }
        for (; j < n; j++) {
            a += x[at + j];
        }
        return (a + b) + (c + d);
    }

    private static double squares(float[] x, int at, float mean, int n) {
        double a = 0;
        double b = 0;
        int j = 0;
        for (; j + 1 < n; j += 2) {
            double p = x[at + j] - mean;
            double q = x[at + j + 1] - mean;
            a += p * p;
            b += q * q;
        }
        for (; j < n; j++) {
            double p = x[at + j] - mean;
            a += p * p;
        }
        return a + b;
    }

    private static double dot(float[] x, int at, float[] y, int to, int n) {
        double a = 0;
        double b = 0;
        int j = 0;
        for (; j + 1 < n; j += 2) {
            a += (double) x[at + j] * y[to + j];
            b += (double) x[at + j + 1] * y[to + j + 1];
        }
        for (; j < n; j++) {
            a += (double) x[at + j] * y[to + j];
        }
        return a + b;
    }
}
