package touchstone.metrics;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Area under the threshold curves, {@code (mean id' + 1 - mean ood') / 2} with both sides scaled together to [0, 1] by their
 * least and largest score; in [0, 1], lower is better. Unlike the AUROC it asks how far apart the scores lie.
 *
 * <p>Follows the paper: the areas under FPR and FNR over the threshold are these means. Scores must be finite and not all
 * equal, for the scale is undefined otherwise.
 */
@Reference("humblot2023beyond")
public final class Autc {
    private Autc() {}

    /**
     * AUTC of two samples of scores.
     *
     * @param id scores of in-distribution examples, [n]; higher means further out
     * @param ood scores of out-of-distribution examples, [m]
     */
    public static double of(double[] id, double[] ood) {
        Sweep.demandBoth(id, ood, "AUTC");
        Check.allFinite(id, "in-distribution scores of AUTC");
        Check.allFinite(ood, "out-of-distribution scores of AUTC");
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double[] side : new double[][] {id, ood}) {
            for (double s : side) {
                min = Math.min(min, s);
                max = Math.max(max, s);
            }
        }
        if (min == max) {
            throw new IllegalArgumentException("AUTC needs scores that differ: all " + id.length
                    + " in-distribution and " + ood.length + " out-of-distribution were " + min);
        }
        return (meanScaled(id, min, max) + 1 - meanScaled(ood, min, max)) / 2;
    }

    private static double meanScaled(double[] scores, double min, double max) {
        double unit = Double.isInfinite(max - min) ? 0.5 : 1; // a range beyond the largest double is halved
        double range = max * unit - min * unit;
        double sum = 0;
        for (double s : scores) {
            sum += (s * unit - min * unit) / range;
        }
        return sum / scores.length;
    }
}
