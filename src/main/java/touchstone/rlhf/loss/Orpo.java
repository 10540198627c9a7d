package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Odds ratio preference optimisation, {@code -l_c - weight log sigma(log odds(l_c) - log odds(l_r))} with l the log-probability a
 * token and {@code odds(l) = e^l / (1 - e^l)}; no reference.
 *
 * <p>Follows the paper.
 *
 * @param weight of the odds-ratio term beside the likelihood of the chosen answer, above 0; lambda in the paper, beta in TRL
 */
@Reference("hong2024orpo")
public record Orpo(double weight) implements PreferenceLoss {
    public Orpo {
        Check.positive(weight, "weight");
    }

    /** weight = 0.1. */
    public static Orpo defaults() {
        return new Orpo(0.1);
    }

    @Override
    public PairLoss of(LogProbs pairs) {
        pairs.needLengths("ORPO");
        return PairLoss.mean(pairs.size(), i -> {
            double l = pairs.averageChosen(i);
            PairLoss.Term odds = odds(l, pairs.averageRejected(i));
            return new PairLoss.Term(
                    -l + weight * odds.value(),
                    (-1 + weight * odds.byChosen()) / pairs.tokensChosen(i),
                    weight * odds.byRejected() / pairs.tokensRejected(i));
        });
    }

    /**
     * The odds-ratio term alone, {@code mean -log sigma(log odds(l_c) - log odds(l_r))}, with its gradient by the averages.
     *
     * @param averageChosen log-probability a token of the preferred answers, [n], below 0
     * @param averageRejected the same of the other answers, [n]
     */
    public static PairLoss oddsRatio(double[] averageChosen, double[] averageRejected) {
        Check.nonEmpty(averageChosen.length, "averageChosen");
        Check.sameLength(averageChosen.length, "averageChosen", averageRejected.length, "averageRejected");
        return PairLoss.mean(averageChosen.length, i -> odds(averageChosen[i], averageRejected[i]));
    }

    private static PairLoss.Term odds(double chosen, double rejected) {
        double lead = logOdds(chosen) - logOdds(rejected);
        double slope = -Logistic.sigmoid(-lead);
        return new PairLoss.Term(Logistic.softplus(-lead), slope / -Math.expm1(chosen), -slope / -Math.expm1(rejected));
    }

    private static double logOdds(double l) {
        if (!(l < 0 && l > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException("ORPO needs finite log-probabilities a token below 0, was " + l);
        }
        return l - Logistic.log1mexp(l);
    }
}
