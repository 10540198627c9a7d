package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Self-play preference optimisation with hard labels, {@code (a - 1 / (2 beta))^2 + (b + 1 / (2 beta))^2} with a and b the
 * log-ratios of the chosen and the rejected answer.
 *
 * <p>Follows TRL (sppo_hard): the win rate is 1 for the chosen and 0 for the rejected answer.
 *
 * @param beta strength, above 0
 */
@Reference("wu2024self")
public record SppoHard(double beta) implements PreferenceLoss {
    public SppoHard {
        Check.positive(beta, "beta");
    }

    /** beta = 0.1. */
    public static SppoHard defaults() {
        return new SppoHard(0.1);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needReference("SPPO");
        double half = 1 / (2 * beta);
        return PairLoss.mean(pairs.size(), i -> {
            double a = pairs.ratioChosen(i) - half;
            double b = pairs.ratioRejected(i) + half;
            return new PairLoss.Term(a * a + b * b, 2 * a, 2 * b);
        });
    }
}
