package touchstone.metrics;

import touchstone.util.Reference;

/**
 * False positive rate at the first threshold, over all distinct scores, whose true positive rate reaches the target; in
 * [0, 1], lower is better. Two numbers go by the name FPR@95 in the literature: the method says which side is positive.
 */
@Reference("liang2018enhancing")
public final class FprAtTpr {
    private FprAtTpr() {}

    /**
     * Share of out-of-distribution examples accepted where at least {@code tpr} of the in-distribution ones are
     * accepted: FPR@95 of the ODIN, Energy and kNN papers, and what this project means by it.
     */
    public static double idPositive(double[] id, double[] ood, double tpr) {
        return first(Sweep.idPositive(id, ood, "FPR at TPR"), tpr);
    }

    /**
     * Share of in-distribution examples flagged where at least {@code tpr} of the out-of-distribution ones are flagged:
     * what OpenOOD (from version 1.5) and pytorch-ood print.
     */
    public static double oodPositive(double[] id, double[] ood, double tpr) {
        return first(Sweep.oodPositive(id, ood, "FPR at TPR"), tpr);
    }

    /**
     * {@link #idPositive} at the last threshold whose true positive rate is nearest to the target, which may lie below it,
     * the curve ending where the rate first is 1: the form of Hendrycks's programs, given only to compare with tables made
     * by them.
     */
    public static double idPositiveNearest(double[] id, double[] ood, double tpr) {
        checkTarget(tpr);
        Sweep s = Sweep.idPositive(id, ood, "FPR at TPR");
        int nearest = 0;
        for (int i = 1; i < s.size() && s.tpr(i - 1) < 1; i++) {
            if (Math.abs(s.tpr(i) - tpr) <= Math.abs(s.tpr(nearest) - tpr)) {
                nearest = i;
            }
        }
        return s.fpr(nearest);
    }

    private static double first(Sweep s, double tpr) {
        checkTarget(tpr);
        int i = 0;
        while (s.tpr(i) < tpr) {
            i++;
        }
        return s.fpr(i);
    }

    private static void checkTarget(double tpr) {
        if (!(tpr > 0 && tpr <= 1)) {
            throw new IllegalArgumentException("tpr must lie in (0, 1], was " + tpr);
        }
    }
}
