package touchstone.stats;

import touchstone.util.Check;

/** Mean and variance of a sample. */
public final class Moments {
    private Moments() {}

    /** Arithmetic mean of finite values, [n] with n >= 1. */
    public static double mean(double[] x) {
        Check.nonEmpty(x.length, "samples");
        Check.allFinite(x, "samples");
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        double mean = sum / x.length;
        double rest = 0; // second pass: takes out the rounding of the first
        for (double v : x) {
            rest += v - mean;
        }
        return mean + rest / x.length;
    }

    /** Sample variance with divisor n - 1, [n] with n >= 2. */
    public static double variance(double[] x) {
        Check.atLeast(x.length, 2, "number of samples for a variance");
        double mean = mean(x);
        double sum = 0;
        for (double v : x) {
            sum += (v - mean) * (v - mean);
        }
        return sum / (x.length - 1);
    }

    /** Standard error of the mean, {@code sqrt(variance / n)}. */
    public static double standardError(double[] x) {
        return Math.sqrt(variance(x) / x.length);
    }

    /** Differences {@code x - y} element by element, [n] each. */
    static double[] differences(double[] x, double[] y) {
        Check.sameLength(x.length, "x", y.length, "y");
        var d = new double[x.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = x[i] - y[i];
        }
        return d;
    }
}
