package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Hinge loss of the log-ratios, {@code max(0, 1 - beta h)}; at the kink the slope is 0.
 *
 * <p>Differs from the paper (SLiC): log-ratios to a reference instead of log-probabilities, and no second term, as TRL.
 *
 * @param beta strength, above 0
 */
@Reference("zhao2023slic")
public record HingeLoss(double beta) implements PreferenceLoss {
    public HingeLoss {
        Check.positive(beta, "beta");
    }

    /** beta = 0.1. */
    public static HingeLoss defaults() {
        return new HingeLoss(0.1);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needReference("the hinge loss");
        return PairLoss.mean(pairs.size(), i -> {
            double gap = 1 - beta * pairs.lead(i);
            return PairLoss.Term.ofLead(Math.max(0, gap), gap > 0 ? -beta : 0);
        });
    }
}
