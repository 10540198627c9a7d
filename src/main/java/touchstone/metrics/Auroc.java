package touchstone.metrics;

import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Area under the ROC curve, {@code P(positive > negative) + P(equal) / 2}, in [0, 1]; 0.5 for a score that knows
 * nothing. Computed as the exact rank statistic, in integers up to the last division, with ties counted half; infinite
 * scores are legal.
 */
@Reference("hanley1982meaning")
public final class Auroc {
    private Auroc() {}

    /**
     * AUROC with out-of-distribution as the positive class.
     *
     * @param id scores of in-distribution examples, [n]; higher means further out
     * @param ood scores of out-of-distribution examples, [m]
     * @throws IllegalArgumentException if a side is empty or a score is NaN
     */
    public static double of(double[] id, double[] ood) {
        Sweep.demandBoth(id, ood, "AUROC");
        double[][] sorted = Sort.ascending(id, ood);
        double[] negatives = sorted[0];
        long twiceWins = 0;
        int below = 0;
        int atMost = 0;
        for (double score : sorted[1]) {
            while (below < negatives.length && negatives[below] < score) {
                below++;
            }
            atMost = Math.max(atMost, below);
            while (atMost < negatives.length && negatives[atMost] == score) {
                atMost++;
            }
            twiceWins += (long) below + atMost;
        }
        return (double) twiceWins / (2.0 * id.length * ood.length);
    }

    /**
     * AUROC of scores with labels.
     *
     * @param scores one a row, [n]; higher means more likely positive
     * @param labels 1 for positive and 0 for negative, [n]
     */
    public static double of(double[] scores, int[] labels) {
        Check.sameLength(scores.length, "scores", labels.length, "labels");
        int positives = 0;
        Check.allIndices(labels, 2, "labels");
        for (int i = 0; i < labels.length; i++) {
            positives += labels[i];
        }
        var pos = new double[positives];
        var neg = new double[labels.length - positives];
        int p = 0;
        int n = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == 1) {
                pos[p++] = scores[i];
            } else {
                neg[n++] = scores[i];
            }
        }
        return of(neg, pos);
    }
}
