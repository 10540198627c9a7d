package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Identity preference optimisation, {@code (h - 1 / (2 beta))^2} with h the log-ratio of the chosen answer less that of the
 * rejected one. Programs differ in what a log-ratio is, and their values cannot be compared: the {@link Reduction} says which.
 *
 * <p>Follows the paper with {@link Reduction#SUM}.
 *
 * @param beta strength of the pull to the reference, above 0
 * @param reduction of the tokens' log-ratios
 */
@Reference("azar2024general")
public record Ipo(double beta, Reduction reduction) implements PreferenceLoss {
    /** How the tokens' log-ratios make up an answer's. */
    public enum Reduction {
        /** Their sum, as the paper and OpenRLHF. */
        SUM,
        /** Their mean, as TRL; needs the lengths. */
        MEAN
    }

    public Ipo {
        Check.positive(beta, "beta");
    }

    /** beta = 0.1, sums. */
    public static Ipo defaults() {
        return new Ipo(0.1, Reduction.SUM);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needReference("IPO");
        boolean mean = reduction == Reduction.MEAN;
        if (mean) {
            pairs.needLengths("IPO with means");
        }
        return PairLoss.mean(pairs.size(), i -> {
            double perChosen = mean ? 1.0 / pairs.tokensChosen(i) : 1;
            double perRejected = mean ? 1.0 / pairs.tokensRejected(i) : 1;
            double off = perChosen * pairs.ratioChosen(i) - perRejected * pairs.ratioRejected(i) - 1 / (2 * beta);
            return new PairLoss.Term(off * off, 2 * off * perChosen, -2 * off * perRejected);
        });
    }
}
