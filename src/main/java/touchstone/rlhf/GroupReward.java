package touchstone.rlhf;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;
import touchstone.util.Logistic;

/**
 * The linear reward of one group while a mixture is fitted: goes down {@code mean a_i log(1 + exp(-d_i . w)) + l2 / 2
 * |w|^2} from where it is, by Newton steps that are halved until they help. The matrix of second derivatives is [d,
 * d]: meant for some hundreds of features.
 */
final class GroupReward {
    private static final double TOLERANCE = 1e-12; // on the length of the gradient; the loss is of order 1

    private final double[][] rows;
    private final int[][] places;
    private final double l2;
    private double[] w;
    private double[] leads;

    /**
     * Starts at w = 0.
     *
     * @param rows differences of features, [n, d]; read only
     * @param places where each row is not 0
     */
    GroupReward(double[][] rows, int[][] places, double l2) {
        this.rows = rows;
        this.places = places;
        this.l2 = l2;
        w = new double[rows[0].length];
        leads = new double[rows.length];
    }

    /** Where each row is not 0. */
    static int[][] places(double[][] rows) {
        var places = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            places[i] = java.util.stream.IntStream.range(0, row.length)
                    .filter(j -> row[j] != 0)
                    .toArray();
        }
        return places;
    }

    double[] weights() {
        return w.clone();
    }

    /** Lead of the chosen answer of each pair, [n]; not to be changed. */
    double[] leads() {
        return leads;
    }

    /** Takes so many steps at most, with weights of the pairs a [n]. */
    void improve(double[] a, int steps) {
        double loss = loss(a, w, leads);
        for (int step = 0; step < steps; step++) {
            double[] gradient = new double[w.length];
            double[][] hessian = new double[w.length][w.length];
            derivatives(a, gradient, hessian);
            if (Math.sqrt(LinearGate.dot(gradient, gradient)) < TOLERANCE) {
                return;
            }
            RealVector direction = new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false))
                    .getSolver()
                    .solve(new ArrayRealVector(gradient, false));
            double next = moveTo(a, direction, loss);
            if (!(next < loss)) {
                return; // at the rounding of the loss: no step lowers it
            }
            loss = next;
        }
    }

    /** Moves as far along the direction as lowers the loss, if any way does; returns the loss there. */
    private double moveTo(double[] a, RealVector direction, double loss) {
        for (double scale = 1; scale > 1e-9; scale /= 2) {
            double[] to = w.clone();
            for (int j = 0; j < to.length; j++) {
                to[j] -= scale * direction.getEntry(j);
            }
            double[] there = times(to);
            double next = loss(a, to, there);
            if (next < loss) {
                w = to;
                leads = there;
                return next;
            }
        }
        return loss;
    }

    private double[] times(double[] to) {
        var result = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j : places[i]) {
                result[i] += rows[i][j] * to[j];
            }
        }
        return result;
    }

    private double loss(double[] a, double[] at, double[] lead) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] < 1e-12 ? 0 : a[i] * Logistic.softplus(-lead[i]); // below the rounding of the mean
        }
        return sum / a.length + l2 / 2 * LinearGate.dot(at, at);
    }

    private void derivatives(double[] a, double[] gradient, double[][] hessian) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] < 1e-12) {
                continue;
            }
            double p = Logistic.sigmoid(-leads[i]);
            double slope = -a[i] * p / a.length;
            double curvature = a[i] * p * (1 - p) / a.length;
            for (int j : places[i]) {
                gradient[j] += slope * rows[i][j];
                for (int k : places[i]) {
                    hessian[j][k] += curvature * (rows[i][j] * rows[i][k]); // symmetric to the bit
                }
            }
        }
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] += l2 * w[j];
            hessian[j][j] += l2;
        }
    }

    /** The groups' rewards, all at the start. */
    static GroupReward[] start(double[][] rows, int groups, double l2) {
        int[][] places = places(rows);
        var rewards = new GroupReward[groups];
        Arrays.setAll(rewards, k -> new GroupReward(rows, places, l2));
        return rewards;
    }
}
