package touchstone.unlearn.metric;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * TOFU's truth ratio of an answer, {@code P(wrong) / P(right)} with {@code P = exp(-mean loss of a token)}; 0 or more. Small: the
 * model prefers the true answer; near 1: it cannot tell. The wrong side is the geometric mean over the perturbed answers, as in
 * the paper's tables; {@link #arithmetic} is the other form in its programs, which also print the inverse.
 */
@Reference({"maini2024tofu", "dorna2025openunlearning"})
public final class TruthRatio {
    private TruthRatio() {}

    /**
     * The ratio of each question.
     *
     * @param right mean token loss of the paraphrased true answer, nats, [n]
     * @param wrong mean token losses of the perturbed answers, nats, [n, k]
     * @return [n]
     */
    public static double[] of(double[] right, double[][] wrong) {
        check(right, wrong);
        var ratio = new double[right.length];
        Arrays.setAll(ratio, i -> Math.exp(right[i] - Arrays.stream(wrong[i]).sum() / wrong[i].length));
        return ratio;
    }

    /** As {@link #of} with the arithmetic mean of the wrong answers' probabilities, {@code mean_k P(wrong_k) / P(right)}. */
    public static double[] arithmetic(double[] right, double[][] wrong) {
        check(right, wrong);
        var ratio = new double[right.length];
        for (int i = 0; i < ratio.length; i++) {
            for (double loss : wrong[i]) {
                ratio[i] += Math.exp(right[i] - loss) / wrong[i].length;
            }
        }
        return ratio;
    }

    /** What model utility takes of a set to keep: the mean of {@code max(0, 1 - R)}, in [0, 1]; higher is better. */
    public static double kept(double[] ratios) {
        Check.nonEmpty(ratios.length, "ratios");
        return Arrays.stream(ratios).map(r -> Math.max(0, 1 - r)).sum() / ratios.length;
    }

    /** What is reported of the set to forget: the mean of {@code min(R, 1/R)}, in [0, 1]; 1 where nothing is known. */
    public static double forgotten(double[] ratios) {
        Check.nonEmpty(ratios.length, "ratios");
        return Arrays.stream(ratios).map(r -> Math.min(r, 1 / r)).sum() / ratios.length;
    }

    /** The mean of {@code P(right) / (P(right) + P(wrong)) = 1 / (1 + R)}, in [0, 1]; higher means that the truth is preferred. */
    public static double preference(double[] ratios) {
        Check.nonEmpty(ratios.length, "ratios");
        return Arrays.stream(ratios).map(r -> 1 / (1 + r)).sum() / ratios.length;
    }

    private static void check(double[] right, double[][] wrong) {
        Check.nonEmpty(right.length, "right");
        Check.sameLength(right.length, "right", wrong.length, "wrong");
        Check.allFinite(right, "right");
        for (int i = 0; i < wrong.length; i++) {
            Check.nonEmpty(wrong[i].length, "wrong[" + i + "]");
            Check.allFinite(wrong[i], "wrong[" + i + "]");
        }
    }
}
