package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The curves that Gao et al. fit to the gold reward of a policy trained on a proxy, over {@code d = sqrt(KL)}: {@code d (alpha - beta
 * d)} for best-of-n and {@code d (alpha - beta ln d)} for reinforcement learning. Both rise, peak and fall.
 *
 * @param alpha gain at the start, in reward units a root nat
 * @param beta how fast the proxy is exploited, above 0
 */
@Reference("gao2023scaling")
public record OveroptimizationLaw(double alpha, double beta) {
    public OveroptimizationLaw {
        Check.finite(alpha, "alpha");
        Check.positive(beta, "beta");
    }

    /** Gold reward of best-of-n at d, 0 or more. */
    public double bestOfN(double d) {
        Check.notNegative(d, "d");
        return d * (alpha - beta * d);
    }

    /** Gold reward of reinforcement learning at d, 0 or more. */
    public double reinforcement(double d) {
        Check.notNegative(d, "d");
        return d == 0 ? 0 : d * (alpha - beta * Math.log(d));
    }

    /** Where best-of-n peaks, {@code alpha / (2 beta)}; 0 when it only falls. */
    public double bestOfNPeak() {
        return Math.max(0, alpha / (2 * beta));
    }

    /** Where reinforcement learning peaks, {@code e^(alpha / beta - 1)}. */
    public double reinforcementPeak() {
        return Math.exp(alpha / beta - 1);
    }
}
