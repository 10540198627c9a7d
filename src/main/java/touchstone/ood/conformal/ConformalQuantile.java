package touchstone.ood.conformal;

import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * The conformal quantile of n calibration scores: the k-th smallest, {@code k = ceil((n + 1)(1 - alpha))}, and +Infinity when
 * {@code k > n}. A further score that is exchangeable with those is at most it with a chance of at least {@code 1 - alpha}.
 *
 * <p>Follows the book. An interpolated quantile, or one whose k is cut to n, is too small and covers less than it says.
 */
@Reference("vovk2005algorithmic")
public final class ConformalQuantile {
    private ConformalQuantile() {}

    /**
     * The quantile, in the unit of the scores.
     *
     * @param scores of calibration examples, [n]; higher means that the model fits worse; infinities are legal; of none the
     *     quantile is +Infinity
     * @param alpha the rate of errors, in (0, 1)
     */
    public static double of(double[] scores, double alpha) {
        Check.noNaN(scores, "scores");
        int k = rank(scores.length, alpha);
        return k > scores.length ? Double.POSITIVE_INFINITY : Sort.ascending(scores)[k - 1];
    }

    /** {@code k = ceil((n + 1)(1 - alpha))}, from 1 to n + 1, with a hair of slack, so that 0.05 of 20 is 1. */
    public static int rank(int n, double alpha) {
        Check.atLeast(n, 0, "n");
        Check.insideUnit(alpha, "alpha");
        return n + 1 - (int) Math.floor((n + 1.0) * alpha * (1 + 4 * Math.ulp(1.0)));
    }
}
