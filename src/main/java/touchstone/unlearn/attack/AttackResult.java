package touchstone.unlearn.attack;

import touchstone.metrics.Auroc;
import touchstone.metrics.TprAtFpr;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How well membership scores tell the forget set from examples never trained on.
 *
 * @param auc area under the ROC curve, in [0, 1]; 0.5 where nothing is told, near 1 where the forget set still shows as members
 * @param tprAt1Fpr share of the forget set found when at most 1 % of the others are accused
 */
public record AttackResult(double auc, double tprAt1Fpr) {
    private static final double TINY = 1e-10;

    /** From scores that are higher for members, such as LiRA's and RMIA's: [n] and [m]. */
    public static AttackResult ofMemberScores(double[] forget, double[] holdout) {
        return new AttackResult(Auroc.of(holdout, forget), TprAtFpr.of(holdout, forget, 0.01));
    }

    /** From scores that are lower for members, such as losses: [n] and [m]. */
    public static AttackResult ofLosses(double[] forget, double[] holdout) {
        return ofMemberScores(negated(forget), negated(holdout));
    }

    /**
     * Privacy leakage in percent, {@code ((1 - auc) - (1 - ref)) / (1 - ref) 100} with ref the AUC against the retrained model: 0 is
     * best, below 0 the forget set still shows, above 0 it was pushed further than retraining. The framework's program adds 1e-10 to
     * the denominator; so does this.
     */
    @Reference({"shi2024muse", "dorna2025openunlearning"})
    public double privacyLeakage(double retrainedAuc) {
        Check.probability(retrainedAuc, "retrainedAuc");
        if (retrainedAuc == 1) {
            throw new IllegalArgumentException("privacy leakage needs a retrained AUC below 1, was 1");
        }
        return (retrainedAuc - auc) / (1 - retrainedAuc + TINY) * 100;
    }

    /** AUC over the retrained model's, less 1, in percent; the denominator as in {@link #privacyLeakage}. */
    public double relativeDifference(double retrainedAuc) {
        return (auc - Check.positive(retrainedAuc, "retrainedAuc")) / (retrainedAuc + TINY) * 100;
    }

    private static double[] negated(double[] x) {
        var minus = new double[x.length];
        java.util.Arrays.setAll(minus, i -> -x[i]);
        return minus;
    }
}
