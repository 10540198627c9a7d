package touchstone.ood.failure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.metrics.Auroc;
import touchstone.metrics.RocCurve;
import touchstone.util.Check;

/**
 * How well scores tell failures from successes when only the first part of each rollout has been seen. A rollout's score at
 * the time quantile q is that of the step {@code ceil(q * length)}, counted from 1; failures are the positive class.
 */
public final class TimeQuantiles {
    private TimeQuantiles() {}

    /** AUROC at each quantile in (0, 1], [k], of curves [n][steps] with their outcomes [n]. */
    public static double[] auroc(double[][] curves, List<Outcome> outcomes, double... quantiles) {
        return Arrays.stream(quantiles)
                .map(q -> Auroc.of(scores(curves, outcomes, q, false), scores(curves, outcomes, q, true)))
                .toArray();
    }

    /** ROC curve at one quantile in (0, 1]. */
    public static RocCurve roc(double[][] curves, List<Outcome> outcomes, double quantile) {
        return RocCurve.of(scores(curves, outcomes, quantile, false), scores(curves, outcomes, quantile, true));
    }

    /** Scores at one quantile of the rollouts that failed, or of those that did not. */
    public static double[] scores(double[][] curves, List<Outcome> outcomes, double quantile, boolean failed) {
        Check.sameLength(curves.length, "curves", outcomes.size(), "outcomes");
        if (!(quantile > 0 && quantile <= 1)) {
            throw new IllegalArgumentException("quantile must lie in (0, 1], was " + quantile);
        }
        FunctionalBand.check(curves, "curves");
        return IntStream.range(0, curves.length)
                .filter(i -> outcomes.get(i).failed() == failed)
                .mapToDouble(i -> curves[i][(int) Math.ceil(quantile * curves[i].length) - 1])
                .toArray();
    }
}
