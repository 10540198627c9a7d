package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;

/** A calibrated maker of intervals. Immutable. */
public final class ConformalIntervals {
    private final double alpha;
    private final Forecast.Kind kind;
    private final double[] quantiles;
    private final int[] calibrated;

    ConformalIntervals(double alpha, Forecast.Kind kind, double[] quantiles, int[] calibrated) {
        this.alpha = alpha;
        this.kind = kind;
        this.quantiles = quantiles;
        this.calibrated = calibrated;
    }

    /** The quantile of each group's scores, in scales; +Infinity where calibration examples are too few; CQR's may be negative. */
    public double[] quantiles() {
        return quantiles.clone();
    }

    /** The law of the rate at which intervals of a group cover; group 0 where there are no groups. */
    public CoverageLaw law(int group) {
        return new CoverageLaw(calibrated[Check.index(group, calibrated.length, "group")], alpha);
    }

    /** The intervals of forecasts of the kind that was calibrated. */
    public PredictionIntervals predict(Forecast forecast) {
        return predict(forecast, new int[forecast.size()]);
    }

    /** The intervals of forecasts with groups, [n]; of a group without calibration examples, the whole line. */
    public PredictionIntervals predict(Forecast forecast, int[] groups) {
        if (forecast.kind() != kind) {
            throw new IllegalArgumentException(
                    "forecast must be " + kind + ", as the calibrated one, was " + forecast.kind());
        }
        Check.sameLength(groups.length, "groups", forecast.size(), "forecast");
        var lower = new double[groups.length];
        var upper = new double[groups.length];
        for (int i = 0; i < groups.length; i++) {
            Check.atLeast(groups[i], 0, "groups[" + i + "]");
            double q = groups[i] < quantiles.length ? quantiles[groups[i]] : Double.POSITIVE_INFINITY;
            lower[i] = forecast.low(i, q);
            upper[i] = forecast.high(i, q);
        }
        return new PredictionIntervals(lower, upper);
    }

    @Override
    public String toString() {
        return "ConformalIntervals[" + kind + ", alpha=" + alpha + ", quantiles=" + Arrays.toString(quantiles) + "]";
    }
}
