package touchstone.nn.cpu;

import touchstone.nn.Backend;

/** Loops over double arrays in a form that the compiler turns into vector instructions. */
final class DoubleLoops {
    private DoubleLoops() {}

    static void add(double factor, double[] x, int xAt, double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] += factor * x[xAt + j];
        }
    }

    static void scale(double factor, double[] x, int at, int n) {
        for (int j = 0; j < n; j++) {
            x[at + j] *= factor;
        }
    }

    static double squares(double[] x, int at, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += x[at + j] * x[at + j];
        }
        return sum;
    }

    static void relu(double[] x, int xAt, double[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] = Math.max(0, x[xAt + j]);
        }
    }

    static void reluGradient(DoubleTensor x, DoubleTensor dy, DoubleTensor dx, int row) {
        int at = x.start(row);
        int from = dy.start(row);
        int to = dx.start(row);
        for (int j = 0; j < x.columns(); j++) {
            dx.data[to + j] = x.data[at + j] > 0 ? dy.data[from + j] : 0;
        }
    }

    static void adam(double[] value, double[] gradient, double[] first, double[] second, Backend.AdamStep step) {
        double b1 = step.beta1();
        double b2 = step.beta2();
        double rest1 = 1 - step.beta1();
        double rest2 = 1 - step.beta2();
        double rate = step.rate();
        double scale = step.scale();
        double epsilon = step.epsilon();
        for (int j = 0; j < value.length; j++) {
            double g = gradient[j];
            double m = b1 * first[j] + rest1 * g;
            double v = b2 * second[j] + rest2 * g * g;
            first[j] = m;
            second[j] = v;
            value[j] -= rate * m / (Math.sqrt(v) * scale + epsilon);
        }
    }
}
