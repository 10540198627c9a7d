package touchstone.metrics;

import touchstone.util.Reference;

/** Lowest share of wrong decisions over all thresholds, in [0, 0.5] for equal priors; lower is better. */
@Reference("liang2018enhancing")
public final class DetectionError {
    private DetectionError() {}

    /** {@code min (FPR + FNR) / 2}: both sides count the same, whatever their sizes. Follows the ODIN paper. */
    public static double equalPriors(double[] id, double[] ood) {
        Sweep s = Sweep.oodPositive(id, ood, "detection error");
        double least = 0.5; // nothing flagged: no false positive, every positive missed
        for (int i = 0; i < s.size(); i++) {
            least = Math.min(least, (s.fpr(i) + 1 - s.tpr(i)) / 2);
        }
        return least;
    }

    /** Lowest share of wrong decisions among all examples as they are, the larger side weighing more. */
    public static double byCount(double[] id, double[] ood) {
        Sweep s = Sweep.oodPositive(id, ood, "detection error");
        long least = s.positives;
        for (int i = 0; i < s.size(); i++) {
            least = Math.min(least, (long) s.negativesAbove[i] + s.positives - s.positivesAbove[i]);
        }
        return (double) least / ((double) s.negatives + s.positives);
    }
}
