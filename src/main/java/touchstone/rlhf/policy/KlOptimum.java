package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The policy that maximises {@code E r - beta KL(p || p0)}: {@code p ~ p0 e^(r / beta)}. What reinforcement learning with a
 * divergence penalty aims at, exactly, where the answers can be counted.
 *
 * @param beta price of the divergence, in reward units a nat, above 0
 */
@Reference("rafailov2023direct")
public record KlOptimum(double beta) {
    public KlOptimum {
        Check.positive(beta, "beta");
    }

    /** The optimum for a reference law and finite rewards of its answers, [m] each. */
    public DiscretePolicy of(double[] reference, double[] reward) {
        DiscretePolicy.checkLaw(reference, "reference");
        Check.sameLength(reference.length, "reference", reward.length, "reward");
        Check.allFinite(reward, "reward");
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < reward.length; i++) {
            most = reference[i] > 0 ? Math.max(most, reward[i]) : most;
        }
        var p = new double[reward.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = reference[i] > 0 ? reference[i] * Math.exp((reward[i] - most) / beta) : 0;
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return new DiscretePolicy(p, DiscretePolicy.divergence(p, reference));
    }
}
