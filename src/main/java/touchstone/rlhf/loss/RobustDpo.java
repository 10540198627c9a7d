package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Robust DPO, {@code [-(1 - e) log sigma(beta h) + e log sigma(-beta h)] / (1 - 2 e)}: its mean over labels that are turned
 * round with probability e is the DPO loss of the true labels. May be negative.
 *
 * <p>Follows the paper.
 *
 * @param beta strength of the pull to the reference, above 0
 * @param labelSmoothing probability e that a label is turned round, in [0, 0.5)
 */
@Reference("chowdhury2024provably")
public record RobustDpo(double beta, double labelSmoothing) implements PreferenceLoss {
    public RobustDpo {
        Check.positive(beta, "beta");
        LogProbs.checkSmoothing(labelSmoothing);
    }

    /** beta = 0.1, e = 0.1. */
    public static RobustDpo defaults() {
        return new RobustDpo(0.1, 0.1);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needReference("robust DPO");
        double e = labelSmoothing;
        return PairLoss.mean(pairs.size(), i -> {
            double x = beta * pairs.lead(i);
            double value = ((1 - e) * Logistic.softplus(-x) - e * Logistic.softplus(x)) / (1 - 2 * e);
            double slope = -((1 - e) * Logistic.sigmoid(-x) + e * Logistic.sigmoid(x)) / (1 - 2 * e);
            return PairLoss.Term.ofLead(value, beta * slope);
        });
    }
}
