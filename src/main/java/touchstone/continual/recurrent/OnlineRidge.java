package touchstone.continual.recurrent;

import java.util.Arrays;
import touchstone.stats.NormalEquations;
import touchstone.util.Check;

/**
 * Ridge regression learned row by row, {@code w = (A + gamma I)^-1 b} with {@code A = q A + x x'} and {@code b = q b + x y} for each
 * row: the weights that minimise {@code sum_i q^(n - i) (y_i - x_i w)^2 + gamma |w|^2}. With q = 1 it is ridge regression on all rows.
 *
 * <p>It keeps A and b (the information form) and solves when weights are asked for; the ridge itself does not fade. There is no
 * intercept: give the rows a column of ones. Changes with every row; not safe for sharing between threads.
 */
public final class OnlineRidge {
    private final double gamma;
    private final double forgetting;
    private final NormalEquations sums;
    private final double[] weights;
    private boolean stale;

    private OnlineRidge(int features, double gamma, double forgetting) {
        this.gamma = Check.positive(gamma, "gamma");
        if (!(forgetting > 0 && forgetting <= 1)) {
            throw new IllegalArgumentException("forgetting must lie in (0, 1], was " + forgetting);
        }
        this.forgetting = forgetting;
        sums = NormalEquations.of(features);
        weights = new double[features];
    }

    /**
     * A regression that has seen nothing; it predicts 0.
     *
     * @param features columns of the rows
     * @param gamma ridge, above 0
     * @param forgetting the factor q of older rows, in (0, 1]
     */
    public static OnlineRidge of(int features, double gamma, double forgetting) {
        return new OnlineRidge(features, gamma, forgetting);
    }

    /** Adds a row [features] with its target. */
    public void add(double[] row, double target) {
        demand(row);
        Check.finite(target, "target");
        sums.fade(forgetting);
        sums.add(row, 0, target);
        stale = true;
    }

    /** The prediction {@code x w} for a row [features]. */
    public double predict(double[] row) {
        demand(row);
        solve();
        double sum = 0;
        for (int a = 0; a < row.length; a++) {
            sum += row[a] * weights[a];
        }
        return sum;
    }

    /** The weights, [features]. */
    public double[] weights() {
        solve();
        return weights.clone();
    }

    private void solve() {
        if (!stale) {
            return;
        }
        double[][] solution = sums.solve(gamma);
        Arrays.setAll(weights, a -> solution[a][0]);
        stale = false;
    }

    private void demand(double[] row) {
        Check.sameLength(row.length, "row", sums.features(), "features");
        Check.allFinite(row, "row");
    }
}
