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
