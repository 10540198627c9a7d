package touchstone.stats;

import org.apache.commons.math3.distribution.TDistribution;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Student's interval of a mean, {@code mean +- t(n - 1) s / sqrt(n)}: exact for independent normal samples. */
@Reference("student1908probable")
public final class MeanInterval {
    private MeanInterval() {}

    /** Two-sided 95 % interval of the mean of [n] samples, n >= 2. */
    public static Interval of(double[] samples) {
        return of(samples, 0.95);
    }

    /** Two-sided interval of the mean of [n] samples, n >= 2. */
    public static Interval of(double[] samples, double level) {
        Check.insideUnit(level, "level");
        double mean = Moments.mean(samples);
        double half = quantile(samples.length, (1 + level) / 2) * Moments.standardError(samples);
        return new Interval(mean, mean - half, mean + half, level, "t interval over " + samples.length + " samples");
    }

    /**
     * Two-sided 95 % interval of the mean over random splits of one set, such as accuracies or paired gains. Splits share examples, so
     * their samples are not independent: the variance of the mean is {@code (1 / n + testShare / (1 - testShare)) s^2}, with n - 1
     * degrees of freedom.
     *
     * <p>Follows the paper's corrected resampled t test.
     *
     * @param samples one number a split, [n], n >= 2
     * @param testShare share of the set that each split holds out, in (0, 1)
     */
    @Reference("nadeau2003inference")
    public static Interval ofSplits(double[] samples, double testShare) {
        Check.insideUnit(testShare, "testShare");
        int n = samples.length;
        double mean = Moments.mean(samples);
        double wider = Math.sqrt(1 + n * testShare / (1 - testShare));
        double half = quantile(n, 0.975) * Moments.standardError(samples) * wider;
        return new Interval(mean, mean - half, mean + half, 0.95, "corrected t interval over " + n + " splits");
    }

    /** One-sided upper confidence bound of the mean of [n] samples, n >= 2. */
    public static double upperBound(double[] samples, double level) {
        Check.insideUnit(level, "level");
        return Moments.mean(samples) + quantile(samples.length, level) * Moments.standardError(samples);
    }

    private static double quantile(int n, double p) {
        Check.atLeast(n, 2, "number of samples for a t interval");
        return new TDistribution(n - 1).inverseCumulativeProbability(p);
    }
}
