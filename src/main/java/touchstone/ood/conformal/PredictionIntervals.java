package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * Intervals, one a row, in the unit of the target; the ends belong to them.
 *
 * @param lower lower ends, [n]; may be -Infinity
 * @param upper upper ends, [n]; below the lower one where the interval is empty, as of crossed quantiles
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record PredictionIntervals(double[] lower, double[] upper) {
    public PredictionIntervals {
        Check.nonEmpty(lower.length, "lower");
        Check.sameLength(lower.length, "lower", upper.length, "upper");
        Check.noNaN(lower, "lower");
        Check.noNaN(upper, "upper");
        lower = lower.clone();
        upper = upper.clone();
    }

    /** Which intervals hold the value, [n]. */
    public boolean[] covered(double[] actual) {
        Check.sameLength(actual.length, "actual", lower.length, "intervals");
        Check.allFinite(actual, "actual");
        var covered = new boolean[actual.length];
        for (int i = 0; i < covered.length; i++) {
            covered[i] = actual[i] >= lower[i] && actual[i] <= upper[i];
        }
        return covered;
    }

    /** The share of intervals that hold the value, in [0, 1]. */
    public double coverage(double[] actual) {
        int hits = 0;
        for (boolean hit : covered(actual)) {
            hits += hit ? 1 : 0;
        }
        return (double) hits / actual.length;
    }

    /** The widths, [n], 0 for an empty interval. */
    public double[] widths() {
        var widths = new double[lower.length];
        Arrays.setAll(widths, i -> Math.max(0, upper[i] - lower[i]));
        return widths;
    }

    @Override
    public double[] lower() {
        return lower.clone();
    }

    @Override
    public double[] upper() {
        return upper.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PredictionIntervals that
                && Arrays.equals(lower, that.lower)
                && Arrays.equals(upper, that.upper);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lower) + Arrays.hashCode(upper);
    }

    @Override
    public String toString() {
        return "PredictionIntervals[" + lower.length + " rows]";
    }
}
