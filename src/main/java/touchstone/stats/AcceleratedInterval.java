package touchstone.stats;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The bias-corrected and accelerated bootstrap interval (BCa): the percentiles of the replicates, moved by how many of them
 * lie below the estimate (z0) and by the skewness of the jackknife (a): {@code Phi(z0 + (z0 + z) / (1 - a (z0 + z)))}.
 */
@Reference("efron1987better")
final class AcceleratedInterval {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private AcceleratedInterval() {}

    /** The interval of replicates, [r], and of the statistic without each example in turn, [n]. */
    static Interval of(double[] replicates, double[] jackknife, double estimate, double level) {
        Check.noNaN(replicates, "bootstrap replicates");
        double z0 = bias(replicates, estimate);
        double a = acceleration(jackknife);
        double[] sorted = replicates.clone();
        Arrays.sort(sorted);
        double lower = Bootstrap.quantile(sorted, place(z0, a, (1 - level) / 2));
        double upper = Bootstrap.quantile(sorted, place(z0, a, (1 + level) / 2));
        return new Interval(estimate, lower, upper, level, "BCa bootstrap, " + replicates.length + " resamples");
    }

    /** {@code z0}, the normal quantile of the share of replicates below the estimate. */
    static double bias(double[] replicates, double estimate) {
        int below = 0;
        for (double r : replicates) {
            below += r < estimate ? 1 : 0;
        }
        if (below == 0 || below == replicates.length) {
            throw new IllegalArgumentException("the BCa interval needs replicates on both sides of the estimate: "
                    + below + " of " + replicates.length + " lay below " + estimate);
        }
        return NORMAL.inverseCumulativeProbability((double) below / replicates.length);
    }

    /** {@code a = sum d^3 / (6 (sum d^2)^1.5)} with d the jackknife's mean less each of its values; 0 when all are equal. */
    static double acceleration(double[] jackknife) {
        double mean = Moments.mean(jackknife);
        double squares = 0;
        double cubes = 0;
        for (double v : jackknife) {
            double d = mean - v;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double place(double z0, double a, double p) {
        double z = z0 + NORMAL.inverseCumulativeProbability(p);
        return NORMAL.cumulativeProbability(z0 + z / (1 - a * z));
    }
}
