package touchstone.ood.failure;

import java.util.Arrays;
import touchstone.ood.conformal.ConformalQuantile;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Which quantile of calibration scores a band takes. */
@Reference({"vovk2005algorithmic", "gu2025safe"})
public enum QuantileRule {
    /**
     * The k-th smallest of n, {@code k = ceil((n + 1)(1 - alpha))}, infinite when {@code k > n}: a further exchangeable score
     * exceeds it with a chance of at most alpha, however small n is.
     */
    FINITE_SAMPLE {
        @Override
        double take(double[] sorted, double alpha) {
            return ConformalQuantile.of(sorted, alpha);
        }
    },
    /**
     * {@code numpy.quantile(scores, 1 - alpha)}, linear between order statistics, as SAFE's code takes it: without the one
     * that the finite-sample rule adds to n, so that few calibration rollouts give more false alarms than alpha.
     */
    NUMPY {
        @Override
        double take(double[] sorted, double alpha) {
            double at = (1 - alpha) * (sorted.length - 1);
            int low = (int) Math.floor(at);
            int high = Math.min(low + 1, sorted.length - 1);
            return sorted[high] == sorted[low] ? sorted[low] : sorted[low] + (at - low) * (sorted[high] - sorted[low]);
        }
    };

    abstract double take(double[] sorted, double alpha);

    /** The quantile of scores, [n], n of 1 or more, at a rate alpha in (0, 1) of scores above it. */
    public double of(double[] scores, double alpha) {
        Check.insideUnit(alpha, "alpha");
        Check.nonEmpty(scores.length, "calibration scores");
        Check.noNaN(scores, "calibration scores");
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return take(sorted, alpha);
    }
}
