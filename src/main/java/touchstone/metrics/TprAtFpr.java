package touchstone.metrics;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Largest true positive rate over all thresholds whose false positive rate is at most the target, in [0, 1]: how many members an
 * attack finds when it hardly ever accuses wrongly. With fewer than {@code 1 / fpr} negatives no false alarm at all is allowed.
 */
@Reference("carlini2022membership")
public final class TprAtFpr {
    private TprAtFpr() {}

    /**
     * The rate at scores at or above a threshold.
     *
     * @param negatives scores of negatives, [n]
     * @param positives scores of positives, [m]; higher means more likely positive
     * @param fpr the rate allowed, in [0, 1]
     */
    public static double of(double[] negatives, double[] positives, double fpr) {
        Check.probability(fpr, "fpr");
        RocCurve roc = RocCurve.of(negatives, positives);
        double[] f = roc.fpr();
        double[] t = roc.tpr();
        double best = 0;
        for (int i = 0; i < f.length && f[i] <= fpr; i++) {
            best = t[i];
        }
        return best;
    }
}
