package touchstone.continual.recurrent;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
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
    private final double[][] gram;
    private final double[] cross;
    private double[] weights;
    private boolean stale;

    private OnlineRidge(int features, double gamma, double forgetting) {
        this.gamma = Check.positive(gamma, "gamma");
        if (!(forgetting > 0 && forgetting <= 1)) {
            throw new IllegalArgumentException("forgetting must lie in (0, 1], was " + forgetting);
        }
        this.forgetting = forgetting;
        gram = new double[Check.atLeast(features, 1, "features")][features];
        cross = new double[features];
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
        for (int a = 0; a < row.length; a++) {
            cross[a] = forgetting * cross[a] + row[a] * target;
            for (int b = 0; b <= a; b++) {
                gram[a][b] = forgetting * gram[a][b] + row[a] * row[b];
            }
        }
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
        var s = new Array2DRowRealMatrix(cross.length, cross.length);
        for (int a = 0; a < cross.length; a++) {
            for (int b = 0; b <= a; b++) {
                double v = gram[a][b] + (a == b ? gamma : 0);
                s.setEntry(a, b, v);
                s.setEntry(b, a, v);
            }
        }
        weights = new CholeskyDecomposition(s, 0, 0)
                .getSolver()
                .solve(new ArrayRealVector(cross))
                .toArray();
        stale = false;
    }

    private void demand(double[] row) {
        Check.sameLength(row.length, "row", cross.length, "features");
        Check.allFinite(row, "row");
    }
}
