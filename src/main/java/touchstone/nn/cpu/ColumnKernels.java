package touchstone.nn.cpu;

import touchstone.nn.Tensor;

/** Moments down the columns, for batch norm; summed in double, row after row. */
final class ColumnKernels {
    private ColumnKernels() {}

    /** {@code sum over i of x[i, j]} as an array, [d]. */
    static double[] sums(Tensor x) {
        var sums = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += x.get(i, j);
            }
        }
        return sums;
    }

    /** {@code sum over i of x[i, j] y[i, j]}, [d]. */
    static double[] dots(Tensor x, Tensor y) {
        var sums = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += x.get(i, j) * y.get(i, j);
            }
        }
        return sums;
    }

    static void moments(Tensor x, Tensor mean, Tensor variance) {
        double[] sums = sums(x);
        int n = x.rows();
        var squares = new double[sums.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < sums.length; j++) {
                double off = x.get(i, j) - sums[j] / n;
                squares[j] += off * off;
            }
        }
        for (int j = 0; j < sums.length; j++) {
            mean.set(0, j, sums[j] / n);
            variance.set(0, j, squares[j] / n);
        }
    }

    /** {@code dx = inverse (dy - mean(dy) - y mean(y dy))}, the means down the columns. */
    static void standardiseGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx) {
        int n = y.rows();
        double[] sums = sums(dy);
        double[] dots = dots(y, dy);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < sums.length; j++) {
                double rest = dy.get(i, j) - sums[j] / n - y.get(i, j) * dots[j] / n;
                dx.set(i, j, inverse.get(0, j) * rest);
            }
        }
    }
}
