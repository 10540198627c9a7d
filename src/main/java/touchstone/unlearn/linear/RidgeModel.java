package touchstone.unlearn.linear;

import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Ridge regression that can forget rows exactly: minimises {@code |X theta - y|^2 / 2 + l2 |theta|^2 / 2}. The loss is a parabola, so
 * one Newton step of what is left lands where retraining would. Immutable; holds copies of its data.
 */
@Reference("guo2020certified")
public final class RidgeModel {
    private final double[][] x;
    private final double[] y;
    private final double l2;
    private final double[] theta;

    private RidgeModel(double[][] x, double[] y, double l2, double[] theta) {
        this.x = x;
        this.y = y;
        this.l2 = l2;
        this.theta = theta;
    }

    /** Fits to x [n, d] and y [n]; l2 above 0. A column of ones makes an intercept, which is shrunk too. */
    public static RidgeModel fit(double[][] x, double[] y, double l2) {
        double[][] rows = Newton.rows(x, y.length);
        Check.allFinite(y, "y");
        Check.positive(l2, "l2");
        var empty = new RidgeModel(rows, y.clone(), l2, new double[rows[0].length]);
        return empty.step();
    }

    /** The coefficients, [d]. */
    public double[] theta() {
        return theta.clone();
    }

    /** The prediction for a row, [d]. */
    public double predict(double[] row) {
        Check.sameLength(row.length, "row", theta.length, "theta");
        return Newton.dot(theta, row);
    }

    /** The model of the other rows, by one Newton step from here; the same as a fit to them, up to rounding. */
    public RidgeModel forget(int... rows) {
        return without(rows, theta).step();
    }

    /** The model of the other rows, fitted afresh. */
    public RidgeModel retrain(int... rows) {
        return without(rows, new double[theta.length]).step();
    }

    private RidgeModel without(int[] rows, double[] start) {
        int[] kept = Newton.kept(x.length, rows);
        return new RidgeModel(
                IntStream.of(kept).mapToObj(i -> x[i]).toArray(double[][]::new),
                IntStream.of(kept).mapToDouble(i -> y[i]).toArray(),
                l2,
                start);
    }

    private RidgeModel step() {
        double[][] hessian = Newton.diagonal(theta.length, l2);
        var gradient = new double[theta.length];
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] = l2 * theta[j];
        }
        for (int i = 0; i < x.length; i++) {
            Newton.addOuter(hessian, x[i], 1);
            double error = Newton.dot(theta, x[i]) - y[i];
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += error * x[i][j];
            }
        }
        return new RidgeModel(x, y, l2, Newton.minus(theta, Newton.solve(hessian, gradient)));
    }
}
