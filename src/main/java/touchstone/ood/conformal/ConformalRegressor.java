package touchstone.ood.conformal;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Intervals that hold the true value at a rate of at least {@code 1 - alpha}, from any regression's forecasts and calibration
 * examples it was not trained on. The rate is over a further example and the calibration examples alike; it needs that they
 * are exchangeable, and nothing else. With groups it holds within each group.
 *
 * @param alpha the rate of intervals that miss, in (0, 1)
 */
@Reference({"vovk2005algorithmic", "lei2018distribution", "romano2019conformalized"})
public record ConformalRegressor(double alpha) {
    public ConformalRegressor {
        Check.insideUnit(alpha, "alpha");
    }

    /** A rate of 10 %. */
    public static ConformalRegressor defaults() {
        return new ConformalRegressor(0.1);
    }

    public ConformalRegressor withAlpha(double rate) {
        return new ConformalRegressor(rate);
    }

    /** Calibrates on forecasts and the values that came, [n]. */
    public ConformalIntervals fit(Forecast forecast, double[] actual) {
        return fit(forecast, actual, new int[actual.length]);
    }

    /** Calibrates within each group, [n], 0 or more: each has a quantile of its own. */
    public ConformalIntervals fit(Forecast forecast, double[] actual, int[] groups) {
        Check.nonEmpty(actual.length, "actual");
        Check.sameLength(groups.length, "groups", actual.length, "actual");
        double[] scores = forecast.scores(actual);
        for (int i = 0; i < groups.length; i++) {
            Check.atLeast(groups[i], 0, "groups[" + i + "]");
        }
        int count = 1 + Arrays.stream(groups).max().orElse(0);
        var quantiles = new double[count];
        var calibrated = new int[count];
        for (int g = 0; g < count; g++) {
            int group = g;
            double[] own = IntStream.range(0, scores.length)
                    .filter(i -> groups[i] == group)
                    .mapToDouble(i -> scores[i])
                    .toArray();
            quantiles[g] = ConformalQuantile.of(own, alpha);
            calibrated[g] = own.length;
        }
        return new ConformalIntervals(alpha, forecast.kind(), quantiles, calibrated);
    }
}
