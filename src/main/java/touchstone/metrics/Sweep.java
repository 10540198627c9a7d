package touchstone.metrics;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Sort;

/**
 * All distinct thresholds of two samples, from the highest down, with the counts of scores at or above each. Equal
 * scores (0.0 and -0.0 among them) share a threshold; infinities are scores like any other.
 */
final class Sweep {
    final double[] threshold;
    final int[] negativesAbove;
    final int[] positivesAbove;
    final int negatives;
    final int positives;

    private Sweep(double[] threshold, int[] negativesAbove, int[] positivesAbove, int negatives, int positives) {
        this.threshold = threshold;
        this.negativesAbove = negativesAbove;
        this.positivesAbove = positivesAbove;
        this.negatives = negatives;
        this.positives = positives;
    }

    /** The sweep with out-of-distribution scores as the positive class. */
    static Sweep oodPositive(double[] id, double[] ood, String metric) {
        demandBoth(id, ood, metric);
        return of(id, ood);
    }

    /** The sweep with in-distribution scores as the positive class: both sides negated, so that it ranks first. */
    static Sweep idPositive(double[] id, double[] ood, String metric) {
        demandBoth(id, ood, metric);
        return of(negated(ood), negated(id));
    }

    /** Demands a score on both sides and NaN on neither. */
    static void demandBoth(double[] id, double[] ood, String metric) {
        if (id.length == 0 || ood.length == 0) {
            throw new IllegalArgumentException(metric + " needs scores of both classes: " + id.length
                    + " in-distribution, " + ood.length + " out-of-distribution");
        }
        Check.noNaN(id, "scores of " + metric);
        Check.noNaN(ood, "scores of " + metric);
    }

    private static Sweep of(double[] negative, double[] positive) {
        double[][] sorted = Sort.ascending(negative, positive);
        double[] n = sorted[0];
        double[] p = sorted[1];
        int size = n.length + p.length;
        var threshold = new double[size];
        var nAbove = new int[size];
        var pAbove = new int[size];
        int distinct = 0;
        int i = n.length - 1;
        int j = p.length - 1;
        while (i >= 0 || j >= 0) {
            double t = i < 0 ? p[j] : j < 0 ? n[i] : Math.max(n[i], p[j]);
            while (i >= 0 && n[i] == t) {
                i--;
            }
            while (j >= 0 && p[j] == t) {
                j--;
            }
            threshold[distinct] = t;
            nAbove[distinct] = n.length - 1 - i;
            pAbove[distinct] = p.length - 1 - j;
            distinct++;
        }
        return new Sweep(
                Arrays.copyOf(threshold, distinct),
                Arrays.copyOf(nAbove, distinct),
                Arrays.copyOf(pAbove, distinct),
                n.length,
                p.length);
    }

    int size() {
        return threshold.length;
    }

    /** Share of the positives at or above threshold {@code i}: recall, the true positive rate. */
    double tpr(int i) {
        return (double) positivesAbove[i] / positives;
    }

    /** Share of the negatives at or above threshold {@code i}: the false positive rate. */
    double fpr(int i) {
        return (double) negativesAbove[i] / negatives;
    }

    /** Share of positives among the scores at or above threshold {@code i}. */
    double precision(int i) {
        return (double) positivesAbove[i] / ((double) positivesAbove[i] + negativesAbove[i]);
    }

    private static double[] negated(double[] scores) {
        double[] copy = scores.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = -copy[i];
        }
        return copy;
    }
}
