package touchstone.interpret.direction;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import touchstone.util.Check;
import touchstone.util.Logistic;

/**
 * A logistic model of a probability, {@code sigmoid(w x + b)}. Fitted by Newton's method to the minimum of
 * {@code mean cross-entropy + l2 / 2 |w|^2}, which is unique.
 *
 * @param weights w, [d]
 * @param bias b
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; never compared
public record LogisticReadout(double[] weights, double bias) {
    private static final int STEPS = 100;

    public LogisticReadout {
        Check.allFinite(weights, "weights");
        Check.finite(bias, "bias");
        weights = weights.clone();
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    /**
     * Fits a model.
     *
     * @param x rows, [n, d]
     * @param y probabilities or truths as 0 and 1, [n], in [0, 1]
     * @param l2 of the weights, above 0, which keeps them finite where the rows can be parted
     */
    public static LogisticReadout fit(double[][] x, double[] y, double l2) {
        Check.nonEmpty(x.length, "x");
        Check.sameLength(x.length, "x", y.length, "y");
        Check.probabilities(y, "y");
        Check.positive(l2, "l2");
        int d = x[0].length;
        var w = new double[d + 1]; // the bias last
        double value = objective(x, y, w, l2);
        for (int step = 0; step < STEPS; step++) {
            double[] move = newton(x, y, w, l2);
            double share = 1;
            double[] next = moved(w, move, share);
            double reached = objective(x, y, next, l2);
            while (reached > value && share > 1e-6) {
                share /= 2;
                next = moved(w, move, share);
                reached = objective(x, y, next, l2);
            }
            if (!(reached < value - 1e-14)) {
                break;
            }
            w = next;
            value = reached;
        }
        return new LogisticReadout(java.util.Arrays.copyOf(w, d), w[d]);
    }

    /** {@code w x + b}, [d]: above 0 for a probability above a half. */
    public double logit(double[] x) {
        Check.sameLength(x.length, "x", weights.length, "weights");
        return at(x, weights, bias);
    }

    private static double at(double[] x, double[] w, double bias) {
        double z = bias;
        for (int j = 0; j < x.length; j++) {
            z += w[j] * x[j];
        }
        return z;
    }

    private static double objective(double[][] x, double[] y, double[] w, double l2) {
        int d = w.length - 1;
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double z = at(x[i], w, w[d]);
            sum += (Logistic.softplus(z) - y[i] * z) / x.length;
        }
        for (int j = 0; j < d; j++) {
            sum += l2 / 2 * w[j] * w[j];
        }
        return sum;
    }

    private static double[] newton(double[][] x, double[] y, double[] w, double l2) {
        int d = w.length - 1;
        var h = new double[d + 1][d + 1];
        var g = new double[d + 1];
        for (int i = 0; i < x.length; i++) {
            double[] row = java.util.Arrays.copyOf(x[i], d + 1);
            row[d] = 1;
            double p = Logistic.sigmoid(at(x[i], w, w[d]));
            for (int j = 0; j <= d; j++) {
                g[j] += (p - y[i]) * row[j] / x.length;
                for (int k = 0; k <= d; k++) {
                    h[j][k] += p * (1 - p) * row[j] * row[k] / x.length;
                }
            }
        }
        for (int j = 0; j <= d; j++) {
            g[j] += j < d ? l2 * w[j] : 0;
            h[j][j] += j < d ? l2 : 1e-9;
        }
        return new CholeskyDecomposition(new Array2DRowRealMatrix(h, false), 1e-9, 0)
                .getSolver()
                .solve(new ArrayRealVector(g, false))
                .toArray();
    }

    private static double[] moved(double[] w, double[] move, double share) {
        double[] out = w.clone();
        for (int j = 0; j < out.length; j++) {
            out[j] -= share * move[j];
        }
        return out;
    }
}
