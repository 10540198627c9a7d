package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Bradley-Terry loss of rewards with its gradient, in nats. With the lead {@code d = r_c - r_r - m}:
 * {@code mean [-(1 - e) log sigma(d) - e log sigma(-d)] + c mean (r_c + r_r)^2}; m is a margin a pair, e the share of labels
 * held to be turned round, and c pulls the rewards towards mean 0, which the first term leaves free.
 *
 * <p>Follows the papers and TRL's reward trainer; label smoothing is DPO's. Rewards: higher is better.
 *
 * @param centring the coefficient c, 0 or more; TRL suggests 0.01
 * @param labelSmoothing the share e, in [0, 0.5)
 */
@Reference({"bradley1952rank", "ouyang2022training", "touvron2023llama2"})
public record BradleyTerry(double centring, double labelSmoothing) {
    public BradleyTerry {
        Check.notNegative(centring, "centring");
        LogProbs.checkSmoothing(labelSmoothing);
    }

    /** No centring, no smoothing. */
    public static BradleyTerry defaults() {
        return new BradleyTerry(0, 0);
    }

    public BradleyTerry withCentring(double c) {
        return new BradleyTerry(c, labelSmoothing);
    }

    public BradleyTerry withLabelSmoothing(double e) {
        return new BradleyTerry(centring, e);
    }

    /** The loss without margins; rewards of the chosen and the rejected answers, [n] each. */
    public PairLoss of(double[] chosen, double[] rejected) {
        return of(chosen, rejected, new double[chosen.length]);
    }

    /**
     * The loss with a margin a pair.
     *
     * @param chosen rewards of the preferred answers, [n]
     * @param rejected rewards of the other answers, [n]
     * @param margin by how much the one should lead the other, in reward units, [n]
     */
    public PairLoss of(double[] chosen, double[] rejected, double[] margin) {
        check(chosen, rejected);
        Check.sameLength(chosen.length, "chosen", margin.length, "margin");
        Check.allFinite(margin, "margin");
        int n = chosen.length;
        var perPair = new double[n];
        var gradChosen = new double[n];
        var gradRejected = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double lead = chosen[i] - rejected[i] - margin[i];
            double total = chosen[i] + rejected[i];
            perPair[i] = smoothed(lead, labelSmoothing);
            sum += perPair[i] + centring * total * total;
            double pull = -smoothedSlope(lead, labelSmoothing);
            gradChosen[i] = (-pull + 2 * centring * total) / n;
            gradRejected[i] = (pull + 2 * centring * total) / n;
        }
        return new PairLoss(sum / n, perPair, gradChosen, gradRejected);
    }

    /** Probability that the first answer is preferred, {@code sigma(r_c - r_r)}. */
    public static double probability(double chosen, double rejected) {
        return Logistic.sigmoid(chosen - rejected);
    }

    /** Share of pairs with {@code r_c > r_r}; a tie counts as wrong, as TRL and Safe-RLHF count. */
    public static double accuracy(double[] chosen, double[] rejected) {
        return accuracy(chosen, rejected, 0);
    }

    /** Share of pairs with {@code r_c > r_r}; a tie counts half, so that a constant reward gets 0.5. */
    public static double accuracyHalfTies(double[] chosen, double[] rejected) {
        return accuracy(chosen, rejected, 0.5);
    }

    private static double accuracy(double[] chosen, double[] rejected, double tie) {
        check(chosen, rejected);
        double right = 0;
        for (int i = 0; i < chosen.length; i++) {
            right += chosen[i] > rejected[i] ? 1 : chosen[i] == rejected[i] ? tie : 0;
        }
        return right / chosen.length;
    }

    private static void check(double[] chosen, double[] rejected) {
        Check.sameLength(chosen.length, "chosen", rejected.length, "rejected");
        Check.nonEmpty(chosen.length, "chosen");
        Check.allFinite(chosen, "chosen");
        Check.allFinite(rejected, "rejected");
    }

    /** {@code -(1 - e) log sigma(x) - e log sigma(-x)}. */
    static double smoothed(double x, double e) {
        double right = Logistic.softplus(-x);
        return e == 0 ? right : (1 - e) * right + e * Logistic.softplus(x);
    }

    /** Derivative of {@link #smoothed} by x. */
    static double smoothedSlope(double x, double e) {
        return -(1 - e) * Logistic.sigmoid(-x) + e * Logistic.sigmoid(x);
    }
}
