package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Direct preference optimisation, {@code -(1 - e) log sigma(beta h) - e log sigma(-beta h)} with h the log-ratio of the chosen
 * answer less that of the rejected one; in nats. With e > 0 this is conservative DPO.
 *
 * <p>Follows the paper, and TRL for e.
 *
 * @param beta strength of the pull to the reference, above 0
 * @param labelSmoothing share e of labels held to be turned round, in [0, 0.5)
 */
@Reference("rafailov2023direct")
public record Dpo(double beta, double labelSmoothing) implements PreferenceLoss {
    public Dpo {
        Check.positive(beta, "beta");
        LogProbs.checkSmoothing(labelSmoothing);
    }

    /** beta = 0.1, no smoothing. */
    public static Dpo defaults() {
        return new Dpo(0.1, 0);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needReference("DPO");
        return PairLoss.mean(pairs.size(), i -> {
            double x = beta * pairs.lead(i);
            double slope = beta * BradleyTerry.smoothedSlope(x, labelSmoothing);
            return PairLoss.Term.ofLead(BradleyTerry.smoothed(x, labelSmoothing), slope);
        });
    }
}
