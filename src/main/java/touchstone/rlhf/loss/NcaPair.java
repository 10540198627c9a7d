package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Noise contrastive alignment of pairs, {@code -log sigma(a) - (log sigma(-a) + log sigma(-b)) / 2} with a and b beta times
 * the log-ratios of the chosen and the rejected answer: it holds up the probability of the chosen answer itself, not its
 * lead alone.
 *
 * <p>Follows TRL (nca_pair).
 *
 * @param beta strength, above 0
 */
@Reference("chen2024noise")
public record NcaPair(double beta) implements PreferenceLoss {
    public NcaPair {
        Check.positive(beta, "beta");
    }

    /** beta = 0.1. */
    public static NcaPair defaults() {
        return new NcaPair(0.1);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needReference("NCA");
        return PairLoss.mean(pairs.size(), i -> {
            double a = beta * pairs.ratioChosen(i);
            double b = beta * pairs.ratioRejected(i);
            double value = Logistic.softplus(-a) + 0.5 * Logistic.softplus(a) + 0.5 * Logistic.softplus(b);
            double byA = -Logistic.sigmoid(-a) + 0.5 * Logistic.sigmoid(a);
            return new PairLoss.Term(value, beta * byA, beta * 0.5 * Logistic.sigmoid(b));
        });
    }
}
