package touchstone.unlearn.tofu;

import java.util.Arrays;
import touchstone.unlearn.metric.AnswerProbability;
import touchstone.unlearn.metric.TruthRatio;
import touchstone.util.Check;
import touchstone.util.Reference;

/** What a model answered to one set of TOFU's questions; losses are means over the tokens of an answer, in nats. Immutable. */
@Reference("maini2024tofu")
public final class TofuAnswers {
    private final TofuSet set;
    private final double[] trueLoss;
    private final double[] paraphrasedLoss;
    private final double[][] perturbedLoss;
    private final double[] rougeRecall;

    /**
     * Takes copies.
     *
     * @param trueLoss of the answer as trained, [n]
     * @param paraphrasedLoss of the answer in other words, [n]
     * @param perturbedLoss of the wrong answers, [n, k]
     * @param rougeRecall ROUGE-L recall of the generated answer, [n], in [0, 1]
     */
    TofuAnswers(
            TofuSet set, double[] trueLoss, double[] paraphrasedLoss, double[][] perturbedLoss, double[] rougeRecall) {
        this.set = set;
        this.trueLoss = trueLoss.clone();
        this.paraphrasedLoss = paraphrasedLoss.clone();
        this.perturbedLoss = Arrays.stream(perturbedLoss).map(double[]::clone).toArray(double[][]::new);
        this.rougeRecall = rougeRecall.clone();
        Check.probabilities(rougeRecall, "rougeL_recall");
    }

    /** Number of questions. */
    public int size() {
        return trueLoss.length;
    }

    /** Mean probability of the true answer, in [0, 1]; of real authors and world facts its share among the options. */
    public double probability() {
        return set.fictitious()
                ? AnswerProbability.of(trueLoss)
                : AnswerProbability.amongOptions(trueLoss, perturbedLoss);
    }

    /** Mean ROUGE-L recall, in [0, 1]. */
    public double rouge() {
        return Arrays.stream(rougeRecall).sum() / size();
    }

    /** {@code P(wrong) / P(right)} of each question, [n]. */
    public double[] truthRatios() {
        return TruthRatio.of(paraphrasedLoss, perturbedLoss);
    }

    /** The truth ratio as it is summed up: of the forget set {@link TruthRatio#forgotten}, else {@link TruthRatio#kept}. */
    public double truthRatio() {
        return set == TofuSet.FORGET ? TruthRatio.forgotten(truthRatios()) : TruthRatio.kept(truthRatios());
    }

    /** Loss of the answer as trained, [n]: a score for membership inference, lower for members. */
    public double[] trueLosses() {
        return trueLoss.clone();
    }
}
