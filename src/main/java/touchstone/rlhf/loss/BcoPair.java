package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Binary classifier optimisation of pairs, {@code -log sigma(a - s) - log sigma(-(b - s))} with a and b beta times the
 * log-ratios of the chosen and the rejected answer and s the shift between good and bad.
 *
 * <p>Differs from the paper: the shift is given (the paper keeps a running mean of the rewards), and no density-ratio weights.
 *
 * @param beta strength, above 0
 * @param shift the border s between good and bad rewards, in units of beta times a log-ratio
 */
@Reference("jung2025binary")
public record BcoPair(double beta, double shift) implements PreferenceLoss {
    public BcoPair {
        Check.positive(beta, "beta");
        Check.finite(shift, "shift");
    }

    /** beta = 0.1, shift 0. */
    public static BcoPair defaults() {
        return new BcoPair(0.1, 0);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needReference("BCO");
        return PairLoss.mean(pairs.size(), i -> {
            double a = beta * pairs.ratioChosen(i) - shift;
            double b = beta * pairs.ratioRejected(i) - shift;
            double value = Logistic.softplus(-a) + Logistic.softplus(b);
            return new PairLoss.Term(value, -beta * Logistic.sigmoid(-a), beta * Logistic.sigmoid(b));
        });
    }
}
