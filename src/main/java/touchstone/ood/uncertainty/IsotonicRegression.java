package touchstone.ood.uncertainty;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Isotonic regression: the rising function of least weighted squared error, by pooling adjacent violators in O(n log n). Equal
 * x share one value, their weighted mean's. Between two fitted x it is linear, beyond the outer ones constant. With y of 0 and
 * 1 it calibrates scores to probabilities. Immutable.
 *
 * <p>Follows the paper, with interpolation between the blocks.
 */
@Reference("zadrozny2002transforming")
public final class IsotonicRegression {
    private final double[] x;
    private final double[] y;

    private IsotonicRegression(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /** Fits to x and y, [n], finite, of equal weight. */
    public static IsotonicRegression fit(double[] x, double[] y) {
        var ones = new double[x.length];
        Arrays.fill(ones, 1);
        return fit(x, y, ones);
    }

    /** Fits to whether an event came at scores, [n]. */
    public static IsotonicRegression fit(double[] scores, boolean[] happened) {
        var y = new double[happened.length];
        Arrays.setAll(y, i -> happened[i] ? 1 : 0);
        return fit(scores, y);
    }

    /** Fits to x and y, [n], finite, with weights above 0, [n]. */
    public static IsotonicRegression fit(double[] x, double[] y, double[] weights) {
        Check.nonEmpty(x.length, "x");
        Check.sameLength(y.length, "y", x.length, "x");
        Check.sameLength(weights.length, "weights", x.length, "x");
        Check.allFinite(x, "x");
        Check.allFinite(y, "y");
        for (int i = 0; i < weights.length; i++) {
            Check.positive(weights[i], "weights[" + i + "]");
        }
        var places = new double[x.length];
        var means = new double[x.length];
        var mass = new double[x.length];
        int distinct = merge(x, y, weights, places, means, mass);
        pool(means, mass, distinct);
        return new IsotonicRegression(Arrays.copyOf(places, distinct), Arrays.copyOf(means, distinct));
    }

    /** Sorts by x and merges equal ones into weighted means; returns how many remain. */
    private static int merge(double[] x, double[] y, double[] weights, double[] places, double[] means, double[] mass) {
        int count = 0;
        for (int i : Sort.order(x)) {
            if (count == 0 || places[count - 1] != x[i]) {
                places[count++] = x[i];
            }
            mass[count - 1] += weights[i];
            means[count - 1] += (y[i] - means[count - 1]) * weights[i] / mass[count - 1];
        }
        return count;
    }

    /** Pools neighbours that fall, and writes each block's mean over its places. */
    private static void pool(double[] means, double[] mass, int n) {
        var start = new int[n]; // of each block
        int blocks = 0;
        for (int i = 0; i < n; i++) {
            start[blocks] = i;
            means[blocks] = means[i];
            mass[blocks] = mass[i];
            blocks++;
            while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
                double total = mass[blocks - 2] + mass[blocks - 1];
                means[blocks - 2] += (means[blocks - 1] - means[blocks - 2]) * mass[blocks - 1] / total;
                mass[blocks - 2] = total;
                blocks--;
            }
        }
        for (int b = blocks - 1, to = n; b >= 0; to = start[b], b--) {
            Arrays.fill(means, start[b], to, means[b]);
        }
    }

    /** The distinct x, rising, [k]. */
    public double[] places() {
        return x.clone();
    }

    /** The fitted values there, never falling, [k]. */
    public double[] values() {
        return y.clone();
    }

    /** The function at a number; infinities are legal. */
    public double at(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value must be a number, was NaN");
        }
        int found = Arrays.binarySearch(x, value + 0.0); // -0.0 becomes 0.0
        if (found >= 0) {
            return y[found];
        }
        int above = -found - 1;
        if (above == 0 || above == x.length) {
            return y[above == 0 ? 0 : x.length - 1];
        }
        double t = (value - x[above - 1]) / (x[above] - x[above - 1]);
        return y[above - 1] + t * (y[above] - y[above - 1]);
    }

    /** The function at numbers, [n]. */
    public double[] apply(double[] values) {
        Check.noNaN(values, "values");
        return Arrays.stream(values).map(this::at).toArray();
    }
}
