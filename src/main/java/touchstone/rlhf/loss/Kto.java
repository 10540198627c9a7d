package touchstone.rlhf.loss;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Kahneman-Tversky optimisation: good and bad answers, which need not be pairs. A good one of log-ratio h costs
 * {@code w_good (1 - sigma(beta (h - k)))}, a bad one {@code w_bad (1 - sigma(beta (k - h)))}; k is the KL divergence estimated
 * on mismatched prompts and answers, not below 0 and held fixed in the gradient.
 *
 * <p>Follows TRL: the loss is the mean over all answers.
 *
 * @param beta strength of the pull to the reference, above 0
 * @param desirable weight of good answers, above 0
 * @param undesirable weight of bad answers, above 0
 */
@Reference("ethayarajh2024kto")
public record Kto(double beta, double desirable, double undesirable) {
    public Kto {
        Check.positive(beta, "beta");
        Check.positive(desirable, "desirable");
        Check.positive(undesirable, "undesirable");
    }

    /** beta = 0.1, both weights 1. */
    public static Kto defaults() {
        return new Kto(0.1, 1, 1);
    }

    /**
     * The loss with its gradient by the log-ratios.
     *
     * @param kl the divergence used, {@code max(0, mean log-ratio of mismatched pairs)}
     * @param perGood loss of each good answer, in [0, desirable]
     * @param perBad loss of each bad answer, in [0, undesirable]
     * @param gradGood derivative of the mean by each good answer's log-ratio
     * @param gradBad derivative of the mean by each bad answer's log-ratio
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays; copied on the way out
    public record Result(
            double loss, double kl, double[] perGood, double[] perBad, double[] gradGood, double[] gradBad) {
        @Override
        public double[] perGood() {
            return perGood.clone();
        }

        @Override
        public double[] perBad() {
            return perBad.clone();
        }

        @Override
        public double[] gradGood() {
            return gradGood.clone();
        }

        @Override
        public double[] gradBad() {
            return gradBad.clone();
        }
    }

    /**
     * The loss.
     *
     * @param good log-ratios {@code log pi - log ref} of the good answers; either kind may be absent, not both
     * @param bad log-ratios of the bad answers
     * @param mismatched mean log-ratio of answers to other prompts, an estimate of the divergence; may be negative
     */
    public Result of(double[] good, double[] bad, double mismatched) {
        Check.nonEmpty(good.length + bad.length, "good and bad answers");
        Check.allFinite(good, "good");
        Check.allFinite(bad, "bad");
        double kl = Math.max(0, Check.finite(mismatched, "mismatched"));
        int n = good.length + bad.length;
        var gradGood = new double[good.length];
        var gradBad = new double[bad.length];
        double[] perGood = side(good, kl, beta, desirable, gradGood);
        double[] perBad = side(bad, kl, -beta, undesirable, gradBad);
        double sum = Arrays.stream(perGood).sum() + Arrays.stream(perBad).sum();
        return new Result(sum / n, kl, perGood, perBad, over(gradGood, n), over(gradBad, n));
    }

    private static double[] side(double[] ratios, double kl, double scale, double weight, double[] slopes) {
        var losses = new double[ratios.length];
        for (int i = 0; i < losses.length; i++) {
            double x = scale * (ratios[i] - kl);
            losses[i] = weight * Logistic.sigmoid(-x);
            slopes[i] = -weight * scale * Logistic.sigmoid(x) * Logistic.sigmoid(-x);
        }
        return losses;
    }

    private static double[] over(double[] sums, int n) {
        return Arrays.stream(sums).map(s -> s / n).toArray();
    }
}
