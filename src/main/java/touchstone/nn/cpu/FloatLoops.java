package touchstone.nn.cpu;

import touchstone.nn.Backend;

/** Loops over float arrays in a form that the compiler turns into vector instructions. */
final class FloatLoops {
    private FloatLoops() {}

    static void add(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] += factor * x[xAt + j];
        }
    }

    static void copy(float[] from, int fromAt, double[] to, int toAt, int n) {
        for (int j = 0; j < n; j++) {
            to[toAt + j] = from[fromAt + j];
        }
    }

    static void set(double[] from, int fromAt, float[] to, int toAt, int n) {
        for (int j = 0; j < n; j++) {
            to[toAt + j] = (float) from[fromAt + j];
        }
    }

    static void times(float[] x, int xAt, float[] y, int yAt, float[] out, int at, int n) {
        for (int j = 0; j < n; j++) {
            out[at + j] = x[xAt + j] * y[yAt + j];
        }
    }

    /** {@code v = momentum v + g}, {@code w -= rate v}. */
    static void sgd(float[] w, float[] g, float[] v, float rate, float momentum) {
        for (int j = 0; j < w.length; j++) {
            float velocity = v[j] * momentum + g[j];
            v[j] = velocity;
            w[j] += -rate * velocity;
        }
    }

    static void scale(float factor, float[] x, int at, int n) {
        for (int j = 0; j < n; j++) {
            x[at + j] *= factor;
        }
    }

    static double squares(float[] x, int at, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += (double) x[at + j] * x[at + j];
        }
        return sum;
    }

    static void relu(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] = Math.max(0, x[xAt + j]);
        }
    }

    static void reluGradient(FloatTensor x, FloatTensor dy, FloatTensor dx, int row) {
        int at = x.start(row);
        int from = dy.start(row);
        int to = dx.start(row);
        for (int j = 0; j < x.columns(); j++) {
            dx.data[to + j] = x.data[at + j] > 0 ? dy.data[from + j] : 0;
        }
    }

    static void adam(float[] value, float[] gradient, float[] first, float[] second, Backend.AdamStep step) {
        float b1 = (float) step.beta1();
        float b2 = (float) step.beta2();
        float rest1 = (float) (1 - step.beta1());
        float rest2 = (float) (1 - step.beta2());
        float rate = (float) step.rate();
        float scale = (float) step.scale();
        float epsilon = (float) step.epsilon();
        for (int j = 0; j < value.length; j++) {
            float g = gradient[j];
            float m = b1 * first[j] + rest1 * g;
            float v = b2 * second[j] + rest2 * g * g;
            first[j] = m;
            second[j] = v;
            value[j] -= rate * m / ((float) Math.sqrt(v) * scale + epsilon);
        }
    }
}
