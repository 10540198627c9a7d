package touchstone.rlhf.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;
import touchstone.stats.MeanBound;
import touchstone.stats.Moments;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The last step of training under a high-confidence constraint: a candidate policy is given out only when an upper confidence
 * bound of its expected cost, from held-out prompts that no step of training has used, is at most the threshold. A policy whose
 * expected cost exceeds the threshold then passes with probability of at most delta. Costs: higher is worse; one number a
 * prompt, and the threshold is for their undiscounted mean.
 *
 * <p>Differs from the paper (Student's bound alone): the bound can be chosen. Student's is not safe for rare harm; the others
 * hold for any costs in the range.
 *
 * @param bound of the mean
 * @param delta probability of passing an unsafe policy, in (0, 1)
 * @param threshold the largest expected cost allowed
 * @param low the least cost possible, known beforehand; of no effect on Student's bound
 * @param high the largest cost possible
 */
@Reference({"chittepu2025reinforcement", "thomas2019preventing"})
public record SafetyTest(MeanBound bound, double delta, double threshold, double low, double high) {
    public SafetyTest {
        Check.insideUnit(delta, "delta");
        Check.finite(threshold, "threshold");
        Check.finite(low, "low");
        Check.finite(high, "high");
        if (!(low < high)) {
            throw new IllegalArgumentException("low must be below high, were " + low + " and " + high);
        }
    }

    /** Anderson's bound at delta = 0.1, threshold 0, costs in [-1, 1]. */
    public static SafetyTest defaults() {
        return new SafetyTest(MeanBound.ANDERSON, 0.1, 0, -1, 1);
    }

    public SafetyTest withBound(MeanBound b) {
        return new SafetyTest(b, delta, threshold, low, high);
    }

    public SafetyTest withDelta(double d) {
        return new SafetyTest(bound, d, threshold, low, high);
    }

    public SafetyTest withThreshold(double most) {
        return new SafetyTest(bound, delta, most, low, high);
    }

    public SafetyTest withRange(double least, double most) {
        return new SafetyTest(bound, delta, threshold, least, most);
    }

    /** The verdict on held-out costs, [n], n >= 1; too few for the bound never pass. */
    public SafetyVerdict run(double[] costs) {
        Check.nonEmpty(costs.length, "costs");
        Check.allFinite(costs, "costs");
        boolean enough = costs.length >= bound.least();
        double upper = enough ? bound.upper(costs, delta, low, high) : Double.POSITIVE_INFINITY;
        var outcome = upper <= threshold ? SafetyVerdict.Outcome.PASS : SafetyVerdict.Outcome.NO_SOLUTION;
        return new SafetyVerdict(
                outcome, bound, costs.length, Moments.mean(costs), upper, delta, threshold, warnings(costs));
    }

    private List<String> warnings(double[] costs) {
        var result = new ArrayList<String>();
        int n = costs.length;
        if (n < bound.least()) {
            result.add("there is no bound from " + n + " cost: it needs " + bound.least() + " or more");
        } else if (!bound.distributionFree() && Moments.variance(costs) == 0) {
            result.add("all " + n + " costs were " + costs[0]
                    + ": the t bound collapses to the mean and guarantees nothing");
        } else if (!bound.distributionFree()) {
            double excess = skewedAway(costs);
            if (excess > delta / 2) {
                result.add(String.format(
                        Locale.ROOT,
                        "costs are skewed (%.2g): the t bound fails with a probability of about %.2g instead of %s;"
                                + " use a distribution-free bound or more prompts",
                        skewness(costs),
                        Math.min(1, delta + excess),
                        delta));
            }
        }
        if (threshold < low) {
            result.add("no policy can pass: the threshold " + threshold + " is below the least cost possible, " + low);
        }
        return result;
    }

    /**
     * By how much skewness raises the chance that the t bound lies below the mean, to first order in {@code 1 / sqrt(n)}:
     * {@code g (2 z^2 + 1) phi(z) / (6 sqrt(n))} with g the skewness and z the normal quantile of 1 - delta (Edgeworth's expansion
     * of Student's statistic).
     */
    private double skewedAway(double[] costs) {
        var normal = new NormalDistribution();
        double z = normal.inverseCumulativeProbability(1 - delta);
        return skewness(costs) * (2 * z * z + 1) * normal.density(z) / (6 * Math.sqrt(costs.length));
    }

    private static double skewness(double[] x) {
        double mean = Moments.mean(x);
        double second = 0;
        double third = 0;
        for (double v : x) {
            second += (v - mean) * (v - mean);
            third += (v - mean) * (v - mean) * (v - mean);
        }
        return Math.sqrt(x.length) * third / Math.pow(second, 1.5);
    }
}
