package touchstone.ood.conformal;

import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * p-values of scores against n calibration scores. For a score exchangeable with those, the plain one is at most t with a
 * chance of at most t, and the smoothed one is uniform on [0, 1], exactly, ties or not. Immutable.
 *
 * <p>These hold for one score at a time: p-values of several scores share the calibration scores and are dependent.
 */
@Reference("vovk2005algorithmic")
public final class ConformalPValues {
    private final double[] sorted;

    private ConformalPValues(double[] sorted) {
        this.sorted = sorted;
    }

    /** Keeps calibration scores, [n]; infinities are legal; of none every plain p-value is 1. */
    public static ConformalPValues from(double[] scores) {
        Check.noNaN(scores, "scores");
        return new ConformalPValues(Sort.ascending(scores));
    }

    /** The number of calibration scores, n. */
    public int calibrated() {
        return sorted.length;
    }

    /** {@code (1 + #(calibration >= score)) / (n + 1)}, in [1 / (n + 1), 1]. */
    public double of(double score) {
        return (1.0 + sorted.length - below(score)) / (sorted.length + 1);
    }

    /**
     * {@code (#(calibration > score) + u (1 + #(calibration = score))) / (n + 1)}, in [0, 1].
     *
     * @param u a draw, uniform in [0, 1] and independent of all else
     */
    public double smoothed(double score, double u) {
        Check.probability(u, "u");
        int above = sorted.length - notAbove(score);
        int equal = notAbove(score) - below(score);
        return (above + u * (1 + equal)) / (sorted.length + 1);
    }

    /** The conformal quantile of the calibration scores. */
    double quantile(double alpha) {
        int k = ConformalQuantile.rank(sorted.length, alpha);
        return k > sorted.length ? Double.POSITIVE_INFINITY : sorted[k - 1];
    }

    private int below(double score) {
        return count(score, false);
    }

    private int notAbove(double score) {
        return count(score, true);
    }

    /** How many calibration scores lie below a score, or at it too. */
    private int count(double score, boolean atToo) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score must be a number, was NaN");
        }
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score || (atToo && sorted[middle] == score)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
