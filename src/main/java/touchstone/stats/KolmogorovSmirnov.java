package touchstone.stats;

import java.util.function.DoubleUnaryOperator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Kolmogorov and Smirnov's tests, two-sided: the statistic D is the largest distance of two distribution functions, in [0,
 * 1]. The exact p-value of two samples holds with ties too, given the pooled values; the limit is Kolmogorov's of large
 * samples, which is conservative for small ones. The estimate is the signed difference, first less second, where it is
 * largest.
 */
@Reference({"kolmogorov1933sulla", "smirnov1948table"})
public final class KolmogorovSmirnov {
    /** The exact test of two samples counts paths through n m points, at most this many. */
    public static final long EXACT_POINTS = 1_000_000_000L;

    /** The exact test of one sample takes at most this many values. */
    public static final int EXACT_VALUES = 10_000;

    private KolmogorovSmirnov() {}

    /** Two samples, [n] and [m]: the share of all orders of the pooled values whose D is as large; O(n m). */
    public static TestResult exact(double[] x, double[] y) {
        var walk = new Walk(x, y);
        demandExact(x, y);
        double p = KolmogorovDistribution.twoSampleTail(x.length, y.length, Math.abs(walk.difference), walk.groupEnds);
        return walk.result(p, "exact");
    }

    /** Natural logarithm of the exact p-value of two samples, 0 or less; finite where the p-value itself is below any double. */
    public static double exactLogP(double[] x, double[] y) {
        var walk = new Walk(x, y);
        demandExact(x, y);
        return KolmogorovDistribution.twoSampleLogTail(x.length, y.length, Math.abs(walk.difference), walk.groupEnds);
    }

    private static void demandExact(double[] x, double[] y) {
        if ((long) x.length * y.length > EXACT_POINTS) {
            throw new IllegalArgumentException("the exact Kolmogorov-Smirnov test takes n m of at most " + EXACT_POINTS
                    + ", was " + x.length + " times " + y.length + ": use limit");
        }
    }

    /** Two samples, [n] and [m]: {@code P(K >= sqrt(n m / (n + m)) D)} of Kolmogorov's limit. */
    public static TestResult limit(double[] x, double[] y) {
        var walk = new Walk(x, y);
        double size = (double) x.length * y.length / ((double) x.length + y.length);
        return walk.result(KolmogorovDistribution.limitTail(Math.sqrt(size) * Math.abs(walk.estimate())), "limit");
    }

    /** One sample, [n], against a continuous distribution function. */
    public static TestResult exact(double[] x, DoubleUnaryOperator cdf) {
        double d = difference(x, cdf);
        if (x.length > EXACT_VALUES) {
            throw new IllegalArgumentException("the exact one-sample Kolmogorov-Smirnov test takes at most "
                    + EXACT_VALUES + " values, had " + x.length + ": use limit");
        }
        double p = KolmogorovDistribution.oneSampleTail(x.length, Math.abs(d));
        return new TestResult(d, Math.abs(d), p, "exact one-sample Kolmogorov-Smirnov test, " + x.length + " values");
    }

    /** One sample, [n], against a continuous distribution function: {@code P(K >= sqrt(n) D)} of Kolmogorov's limit. */
    public static TestResult limit(double[] x, DoubleUnaryOperator cdf) {
        double d = difference(x, cdf);
        double p = KolmogorovDistribution.limitTail(Math.sqrt(x.length) * Math.abs(d));
        return new TestResult(d, Math.abs(d), p, "limit one-sample Kolmogorov-Smirnov test, " + x.length + " values");
    }

    /** The empirical distribution function less the given one, where they are furthest apart. */
    private static double difference(double[] x, DoubleUnaryOperator cdf) {
        Check.nonEmpty(x.length, "sample of the Kolmogorov-Smirnov test");
        Check.noNaN(x, "sample of the Kolmogorov-Smirnov test");
        double[] sorted = Sort.ascending(x);
        double n = x.length;
        double furthest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double f = Check.probability(cdf.applyAsDouble(sorted[i]), "cdf(" + sorted[i] + ")");
            double above = (i + 1) / n - f;
            double below = i / n - f;
            furthest = above > Math.abs(furthest) ? above : furthest;
            furthest = -below > Math.abs(furthest) ? below : furthest;
        }
        return furthest;
    }

    /** The pooled values from low to high. */
    private static final class Walk {
        final int n;
        final int m;
        final boolean[] groupEnds; // after so many pooled values, a group of equal ones ends
        long difference; // n m (F_x - F_y) where it is furthest from 0

        Walk(double[] x, double[] y) {
            if (x.length == 0 || y.length == 0) {
                throw new IllegalArgumentException("the Kolmogorov-Smirnov test needs values of both samples: "
                        + x.length + " in the first, " + y.length + " in the second");
            }
            Check.noNaN(x, "first sample of the Kolmogorov-Smirnov test");
            Check.noNaN(y, "second sample of the Kolmogorov-Smirnov test");
            n = x.length;
            m = y.length;
            groupEnds = new boolean[n + m + 1];
            double[] a = Sort.ascending(x);
            double[] b = Sort.ascending(y);
            int i = 0;
            int j = 0;
            while (i < n || j < m) {
                double value = i == n ? b[j] : j == m ? a[i] : Math.min(a[i], b[j]);
                while (i < n && a[i] == value) {
                    i++;
                }
                while (j < m && b[j] == value) {
                    j++;
                }
                groupEnds[i + j] = true;
                long here = (long) i * m - (long) j * n;
                difference = Math.abs(here) > Math.abs(difference) ? here : difference;
            }
        }

        double estimate() {
            return (double) difference / ((double) n * m);
        }

        TestResult result(double p, String form) {
            String method = form + " Kolmogorov-Smirnov test, " + n + " and " + m + " values";
            return new TestResult(estimate(), Math.abs(estimate()), p, method);
        }
    }
}
