package touchstone.unlearn.metric;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/** TOFU's probability of the true answer, {@code exp(-mean loss of a token)}, averaged over questions; in [0, 1]. */
@Reference("maini2024tofu")
public final class AnswerProbability {
    private AnswerProbability() {}

    /** The mean of {@code exp(-loss)}; losses in nats, [n]. */
    public static double of(double[] losses) {
        Check.nonEmpty(losses.length, "losses");
        Check.noNaN(losses, "losses");
        return Arrays.stream(losses).map(loss -> Math.exp(-loss)).sum() / losses.length;
    }

    /** The mean share of the true answer among itself and the wrong ones, for questions with options. */
    public static double amongOptions(double[] right, double[][] wrong) {
        Check.nonEmpty(right.length, "right");
        Check.sameLength(right.length, "right", wrong.length, "wrong");
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            double p = Math.exp(-Check.finite(right[i], "right"));
            double all = p;
            for (double loss : wrong[i]) {
                all += Math.exp(-Check.finite(loss, "wrong"));
            }
            sum += p / all;
        }
        return sum / right.length;
    }
}
