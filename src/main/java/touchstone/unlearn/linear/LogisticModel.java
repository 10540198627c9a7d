package touchstone.unlearn.linear;

import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Logistic regression that forgets rows by one Newton step: minimises {@code sum log(1 + exp(-y x theta)) + l2 n / 2 |theta|^2}, labels
 * -1 and 1. The step is not exact; how far it is from a minimum of what is left shows in {@link Removal#residual}, the norm that
 * certified removal must hide with noise (which is not added here). Immutable; holds copies of its data.
 */
@Reference("guo2020certified")
public final class LogisticModel {
    private static final int MOST_STEPS = 100;

    private final double[][] x;
    private final double[] y;
    private final double l2;
    private final double[] theta;

    /**
     * What forgetting gave.
     *
     * @param model of the rows that are left
     * @param residual norm of the gradient over them, 0 at their minimum
     * @param moved how far the coefficients went
     */
    public record Removal(LogisticModel model, double residual, double moved) {}

    private LogisticModel(double[][] x, double[] y, double l2, double[] theta) {
        this.x = x;
        this.y = y;
        this.l2 = l2;
        this.theta = theta;
    }

    /** Fits to x [n, d] and labels -1 and 1, [n], by Newton's method; l2 an example, above 0. */
    public static LogisticModel fit(double[][] x, double[] y, double l2) {
        double[][] rows = Newton.rows(x, y.length);
        for (int i = 0; i < y.length; i++) {
            if (y[i] != 1 && y[i] != -1) {
                throw new IllegalArgumentException("y[" + i + "] must be -1 or 1, was " + y[i]);
            }
        }
        Check.positive(l2, "l2");
        return new LogisticModel(rows, y.clone(), l2, new double[rows[0].length]).minimise();
    }

    /** The coefficients, [d]. */
    public double[] theta() {
        return theta.clone();
    }

    /** The probability of label 1 for a row, [d]. */
    public double probability(double[] row) {
        Check.sameLength(row.length, "row", theta.length, "theta");
        return Logistic.sigmoid(Newton.dot(theta, row));
    }

    /** The model of the other rows, by one Newton step from here. */
    public Removal forget(int... rows) {
        LogisticModel left = without(rows, theta).step();
        return new Removal(left, Newton.norm(left.gradient()), distance(left));
    }

    /** The model of the other rows, fitted afresh. */
    public LogisticModel retrain(int... rows) {
        return without(rows, new double[theta.length]).minimise();
    }

    /** Euclidean distance of the coefficients from another model's. */
    public double distance(LogisticModel other) {
        Check.sameLength(theta.length, "theta", other.theta.length, "theta of the other model");
        return Newton.norm(Newton.minus(theta, other.theta));
    }

    private LogisticModel without(int[] rows, double[] start) {
        int[] kept = Newton.kept(x.length, rows);
        return new LogisticModel(
                IntStream.of(kept).mapToObj(i -> x[i]).toArray(double[][]::new),
                IntStream.of(kept).mapToDouble(i -> y[i]).toArray(),
                l2,
                start);
    }

    private LogisticModel minimise() {
        LogisticModel at = this;
        for (int i = 0; i < MOST_STEPS && Newton.norm(at.gradient()) > 1e-12 * x.length; i++) {
            LogisticModel next = at.step();
            double here = at.objective();
            double[] direction = Newton.minus(next.theta, at.theta);
            for (double size = 0.5; next.objective() > here && size > 1e-9; size /= 2) {
                next = at.moved(direction, size);
            }
            at = next;
        }
        return at;
    }

    private LogisticModel moved(double[] direction, double size) {
        var there = theta.clone();
        for (int j = 0; j < there.length; j++) {
            there[j] += size * direction[j];
        }
        return new LogisticModel(x, y, l2, there);
    }

    private double objective() {
        double sum = l2 * x.length / 2 * Newton.dot(theta, theta);
        for (int i = 0; i < x.length; i++) {
            sum += Logistic.softplus(-y[i] * Newton.dot(theta, x[i]));
        }
        return sum;
    }

    private double[] gradient() {
        var g = new double[theta.length];
        for (int j = 0; j < g.length; j++) {
            g[j] = l2 * x.length * theta[j];
        }
        for (int i = 0; i < x.length; i++) {
            double slope = -y[i] * Logistic.sigmoid(-y[i] * Newton.dot(theta, x[i]));
            for (int j = 0; j < g.length; j++) {
                g[j] += slope * x[i][j];
            }
        }
        return g;
    }

    private LogisticModel step() {
        double[][] hessian = Newton.diagonal(theta.length, l2 * x.length);
        for (double[] row : x) {
            double p = Logistic.sigmoid(Newton.dot(theta, row));
            Newton.addOuter(hessian, row, p * (1 - p));
        }
        return new LogisticModel(x, y, l2, Newton.minus(theta, Newton.solve(hessian, gradient())));
    }
}
