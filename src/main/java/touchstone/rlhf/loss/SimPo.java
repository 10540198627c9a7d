package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Simple preference optimisation, {@code -log sigma(beta (l_c - l_r) - gamma)} with l the log-probability a token; no reference.
 *
 * <p>Follows the paper.
 *
 * @param beta strength, above 0
 * @param gamma target margin of the rewards {@code beta l}, 0 or more
 */
@Reference("meng2024simpo")
public record SimPo(double beta, double gamma) implements PreferenceLoss {
    public SimPo {
        Check.positive(beta, "beta");
        Check.notNegative(gamma, "gamma");
    }

    /** beta = 2, gamma = 0.5. */
    public static SimPo defaults() {
        return new SimPo(2, 0.5);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needLengths("SimPO");
        return PairLoss.mean(pairs.size(), i -> {
            double x = beta * (pairs.averageChosen(i) - pairs.averageRejected(i)) - gamma;
            double slope = -beta * Logistic.sigmoid(-x);
            return new PairLoss.Term(
                    Logistic.softplus(-x), slope / pairs.tokensChosen(i), -slope / pairs.tokensRejected(i));
        });
    }
}
