package touchstone.ood;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import touchstone.util.Select;

/** Sums over one row: the loops that all detectors share. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** The sum of absolute values. */
    static double norm1(double[] a) {
        double sum = 0;
        for (double v : a) {
            sum += Math.abs(v);
        }
        return sum;
    }

    static double sum(double[] a) {
        double sum = 0;
        for (double v : a) {
            sum += v;
        }
        return sum;
    }

    static double max(double[] a) {
        return a[argMax(a)];
    }

    /** The index of the largest element, the first of equals. */
    static int argMax(double[] a) {
        int best = 0;
        for (int j = 1; j < a.length; j++) {
            if (a[j] > a[best]) {
                best = j;
            }
        }
        return best;
    }

    static double[] minus(double[] a, double[] b) {
        var out = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            out[j] = a[j] - b[j];
        }
        return out;
    }

    /** {@code a} divided by its Euclidean length; zeros stay. */
    static double[] unit(double[] a) {
        double length = norm(a);
        return length > 0 ? Arrays.stream(a).map(v -> v / length).toArray() : a.clone();
    }

    /** The mean of the rows, [d]. */
    static double[] mean(double[][] rows) {
        var mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j];
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= rows.length;
        }
        return mean;
    }

    /** {@code log sum_j exp(z_j)}, without overflow. */
    static double logSumExp(double[] z) {
        double most = max(z);
        double sum = 0;
        for (double v : z) {
            sum += Math.exp(v - most);
        }
        return most + Math.log(sum);
    }

    /** The softmax of {@code z / temperature}. */
    static double[] softmax(double[] z, double temperature) {
        double most = max(z);
        var p = new double[z.length];
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
            p[j] = Math.exp((z[j] - most) / temperature);
            sum += p[j];
        }
        for (int j = 0; j < z.length; j++) {
            p[j] /= sum;
        }
        return p;
    }

    /** The percentile in [0, 100] of values, linear between order statistics; {@code values} is reordered. */
    static double percentile(double[] values, double percent) {
        double at = percent / 100 * (values.length - 1);
        int low = (int) Math.floor(at);
        double below = Select.nth(values, low);
        if (low == values.length - 1) {
            return below;
        }
        double above = Double.POSITIVE_INFINITY;
        for (int i = low + 1; i < values.length; i++) {
            above = Math.min(above, values[i]);
        }
        return below + (at - low) * (above - below);
    }

    /** The sum of the {@code k} largest elements; {@code a} is reordered. */
    static double sumOfLargest(double[] a, int k) {
        Select.nth(a, a.length - k);
        double sum = 0;
        for (int j = a.length - k; j < a.length; j++) {
            sum += a[j];
        }
        return sum;
    }

    /** {@code f(0), ..., f(n - 1)}, on all cores; each depends on its index alone. */
    static double[] each(int n, IntToDoubleFunction f) {
        return IntStream.range(0, n).parallel().mapToDouble(f).toArray();
    }
}
