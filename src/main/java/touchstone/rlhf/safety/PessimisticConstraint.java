package touchstone.rlhf.safety;

import java.util.function.ToDoubleFunction;
import touchstone.stats.MeanBound;
import touchstone.stats.Moments;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The constraint that a policy is trained under so that it will pass the safety test later: {@code mean(C) + [c1 t(n - 1) / sqrt(n)
 * + c2 t(m - 1) / sqrt(m)] s(C) - limit <= 0}, with n costs in the batch, m held-out prompts in the test to come, t the
 * quantile of level 1 - delta and s the standard deviation (divisor n - 1).
 *
 * <p>Follows the paper, which trains with REINFORCE or RLOO, not PPO.
 *
 * @param delta of the test to come, in (0, 1)
 * @param limit the largest expected cost allowed
 * @param safetyPrompts held-out prompts m of the test to come, 2 or more
 * @param c1 weight of the doubt about the batch, 0 or more
 * @param c2 weight of the doubt about the test, 0 or more
 */
@Reference("chittepu2025reinforcement")
public record PessimisticConstraint(double delta, double limit, int safetyPrompts, double c1, double c2) {
    public PessimisticConstraint {
        Check.insideUnit(delta, "delta");
        Check.finite(limit, "limit");
        Check.atLeast(safetyPrompts, 2, "safetyPrompts");
        Check.notNegative(c1, "c1");
        Check.notNegative(c2, "c2");
    }

    /** delta = 0.1, limit 0, 1,000 held-out prompts, both weights 1. */
    public static PessimisticConstraint defaults() {
        return new PessimisticConstraint(0.1, 0, 1000, 1, 1);
    }

    /** By how much a batch of costs [n], n >= 2, exceeds the limit; 0 or less when the constraint is met. */
    public double excess(double[] costs) {
        return Moments.mean(costs) + width(costs.length) * Math.sqrt(Moments.variance(costs)) - limit;
    }

    /**
     * What a multiplier compares with the limit in place of the mean: the excess plus the limit. Remembers the quantiles of the last
     * batch size, so it serves one training.
     */
    public ToDoubleFunction<double[]> measure() {
        var last = new double[] {0, 0}; // batch size and its width
        return costs -> {
            if (last[0] != costs.length) {
                last[1] = width(costs.length);
                last[0] = costs.length;
            }
            return Moments.mean(costs) + last[1] * Math.sqrt(Moments.variance(costs));
        };
    }

    /** Derivative of the excess by each cost, [n]; where all costs are equal the spread has none, and only the mean counts. */
    public double[] gradient(double[] costs) {
        int n = costs.length;
        double mean = Moments.mean(costs);
        double deviation = Math.sqrt(Moments.variance(costs));
        var result = new double[n];
        for (int i = 0; i < n; i++) {
            double spread = deviation == 0 ? 0 : (costs[i] - mean) / ((n - 1) * deviation);
            result[i] = 1.0 / n + width(n) * spread;
        }
        return result;
    }

    private double width(int n) {
        Check.atLeast(n, 2, "number of costs");
        double batch = c1 * MeanBound.quantile(n - 1, delta) / Math.sqrt(n);
        return batch + c2 * MeanBound.quantile(safetyPrompts - 1, delta) / Math.sqrt(safetyPrompts);
    }
}
