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

    /**
     * Standard error of the mean of values that hang together in clusters, {@code sqrt(sum_g (sum_{i in g} e_i)^2) / n}
     * with {@code e} the deviations from the mean; no correction for small samples.
     *
     * @param x finite values, [n]
     * @param clusters any number for each cluster, [n]
     */
    public static double clusteredStandardError(double[] x, int[] clusters) {
        Check.sameLength(x.length, "x", clusters.length, "clusters");
        double mean = mean(x);
        double sum = 0;
        for (int[] rows : Groups.of(clusters)) {
            double deviation = 0;
            for (int i : rows) {
                deviation += x[i] - mean;
            }
            sum += deviation * deviation;
        }
        return Math.sqrt(sum) / x.length;
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
