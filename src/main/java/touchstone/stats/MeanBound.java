package touchstone.stats;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * One-sided upper confidence bounds of a mean from n independent samples: the mean lies above the bound with probability of at
 * most delta. All but {@link #STUDENT_T} hold for any law on the stated range; that one needs samples near normal, and fails
 * badly for rare large values. A bound may lie above the range's upper end, and then says nothing.
 */
@Reference({
    "hoeffding1963probability",
    "maurer2009empirical",
    "anderson1969confidence",
    "massart1990tight",
    "clopper1934use",
    "student1908probable"
})
public enum MeanBound {
    /** {@code mean + t(1 - delta, n - 1) s / sqrt(n)}: exact for normal samples; n >= 2. Uses no range. */
    STUDENT_T(2, false) {
        @Override
        double bound(double[] x, double delta, double low, double high) {
            return Moments.mean(x) + quantile(x.length - 1, delta) * Moments.standardError(x);
        }
    },
    /** {@code mean + (high - low) sqrt(ln(1 / delta) / (2 n))}. */
    HOEFFDING(1, true) {
        @Override
        double bound(double[] x, double delta, double low, double high) {
            return Moments.mean(x) + (high - low) * Math.sqrt(-Math.log(delta) / (2 * x.length));
        }
    },
    /** {@code mean + sqrt(2 s^2 ln(2 / delta) / n) + 7 (high - low) ln(2 / delta) / (3 (n - 1))}: narrow for small s; n >= 2. */
    EMPIRICAL_BERNSTEIN(2, true) {
        @Override
        double bound(double[] x, double delta, double low, double high) {
            double log = Math.log(2 / delta);
            double first = Math.sqrt(2 * Moments.variance(x) * log / x.length);
            return Moments.mean(x) + first + 7 * (high - low) * log / (3 * (x.length - 1));
        }
    },
    /**
     * The mean of the largest law whose distribution function stays within {@code e = sqrt(ln(1 / delta) / (2 n))} of the samples':
     * {@code high - sum_i (x_(i+1) - x_(i)) max(0, i / n - e)} with {@code x_(n+1) = high}. Never above the upper end, and never
     * above Hoeffding's. For delta of at most 1/2.
     */
    ANDERSON(1, true) {
        @Override
        double bound(double[] x, double delta, double low, double high) {
            if (!(delta <= 0.5)) {
                throw new IllegalArgumentException("delta must be at most 0.5 for this bound, was " + delta);
            }
            double[] sorted = Sort.ascending(x);
            double band = Math.sqrt(-Math.log(delta) / (2 * x.length));
            double upper = high;
            for (int i = 1; i <= x.length; i++) {
                double next = i == x.length ? high : sorted[i];
                upper -= (next - sorted[i - 1]) * Math.max(0, (double) i / x.length - band);
            }
            return upper;
        }
    },
    /** Clopper and Pearson's bound, exact for samples that take only the two ends of the range, such as harm or no harm. */
    CLOPPER_PEARSON(1, true) {
        @Override
        double bound(double[] x, double delta, double low, double high) {
            int above = 0;
            for (int i = 0; i < x.length; i++) {
                if (x[i] != low && x[i] != high) {
                    throw new IllegalArgumentException("samples[" + i + "] must be " + low + " or " + high
                            + " for Clopper and Pearson's bound, was " + x[i]);
                }
                above += x[i] == high ? 1 : 0;
            }
            return low + (high - low) * proportion(above, x.length, delta);
        }
    };

    private final int least;
    private final boolean ranged;

    MeanBound(int least, boolean ranged) {
        this.least = least;
        this.ranged = ranged;
    }

    /** Samples below which there is no bound: 1 or 2. */
    public int least() {
        return least;
    }

    /** Whether the bound holds for every law on the range, not for near-normal samples alone. */
    public boolean distributionFree() {
        return ranged;
    }

    /**
     * The bound.
     *
     * @param samples independent, [n], n >= {@link #least()}
     * @param delta the probability that the mean may lie above the bound, in (0, 1)
     * @param low lower end of the range, known before the samples; of no effect on Student's bound
     * @param high upper end of the range
     */
    public double upper(double[] samples, double delta, double low, double high) {
        Check.atLeast(samples.length, least, "number of samples for the bound");
        Check.allFinite(samples, "samples");
        Check.insideUnit(delta, "delta");
        if (ranged) {
            checkRange(samples, low, high);
        }
        return bound(samples, delta, low, high);
    }

    abstract double bound(double[] x, double delta, double low, double high);

    /** The t that Student's law exceeds with probability delta, in (0, 1); the lower tail keeps the digits of a small delta. */
    public static double quantile(int degreesOfFreedom, double delta) {
        Check.atLeast(degreesOfFreedom, 1, "degreesOfFreedom");
        Check.insideUnit(delta, "delta");
        return -new TDistribution(degreesOfFreedom, 1e-13).inverseCumulativeProbability(delta);
    }

    /** Clopper and Pearson's upper bound of a probability after {@code successes} in n trials. */
    public static double proportion(int successes, int n, double delta) {
        Check.atLeast(n, 1, "n");
        Check.index(successes, n + 1, "successes");
        Check.insideUnit(delta, "delta");
        if (successes == n) {
            return 1;
        }
        return successes == 0
                ? -Math.expm1(Math.log(delta) / n)
                : new BetaDistribution(successes + 1, n - successes, 1e-13).inverseCumulativeProbability(1 - delta);
    }

    private static void checkRange(double[] samples, double low, double high) {
        if (!(low < high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("low must be below high, both finite, were " + low + " and " + high);
        }
        for (int i = 0; i < samples.length; i++) {
            if (!(samples[i] >= low && samples[i] <= high)) {
                throw new IllegalArgumentException(
                        "samples[" + i + "] must lie in [" + low + ", " + high + "], was " + samples[i]);
            }
        }
    }
}
