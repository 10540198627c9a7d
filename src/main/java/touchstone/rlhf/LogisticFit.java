package touchstone.rlhf;

import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.util.Logistic;

/**
 * Minimises {@code mean a_i log(1 + exp(-d_i . w)) + l2 / 2 |w|^2} over the rows d_i, with weights a_i of 1 unless given, by
 * Newton's method; each step is solved with conjugate gradients and halved until it lowers the loss. The problem is strictly convex: one minimum, whatever the start.
 */
final class LogisticFit {
    private static final Logger LOG = LoggerFactory.getLogger(LogisticFit.class);
    private static final int STEPS = 200;
    private static final double TOLERANCE = 1e-10; // on the length of the gradient; the loss is of order 1

    private final List<SparseRow> rows;
    private final int size;
    private final double l2;
    private final double[] weights;

    LogisticFit(List<SparseRow> rows, int size, double l2) {
        this(rows, size, l2, ones(rows.size()));
    }

    /** With a weight of 0 or more for each row; the mean still divides by the number of rows. */
    LogisticFit(List<SparseRow> rows, int size, double l2, double[] weights) {
        this.rows = rows;
        this.size = size;
        this.l2 = l2;
        this.weights = weights;
    }

    private static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    double[] minimise() {
        var w = new double[size];
        double loss = loss(w);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient(w);
            double length = Math.sqrt(dot(gradient, gradient));
            LOG.debug("Newton step {}: loss {}, gradient {}", step, loss, length);
            if (length < TOLERANCE) {
                return w;
            }
            double[] direction = solve(w, gradient, length);
            double slope = dot(direction, gradient);
            double scale = 1;
            double next = loss(moved(w, direction, scale));
            while (next > loss - 1e-4 * scale * slope && scale > 1e-9) {
                scale /= 2;
                next = loss(moved(w, direction, scale));
            }
            if (!(next < loss)) {
                return w; // at the rounding of the loss: no step lowers it
            }
            w = moved(w, direction, scale);
            loss = next;
        }
        throw new IllegalStateException(
                "the logistic fit did not settle in " + STEPS + " Newton steps; raise l2, was " + l2);
    }

    double loss(double[] w) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * Logistic.softplus(-rows.get(i).dot(w));
        }
        return sum / rows.size() + l2 / 2 * dot(w, w);
    }

    double[] gradient(double[] w) {
        var gradient = new double[size];
        for (int i = 0; i < weights.length; i++) {
            SparseRow row = rows.get(i);
            row.addTo(gradient, -weights[i] * Logistic.sigmoid(-row.dot(w)) / rows.size());
        }
        for (int j = 0; j < size; j++) {
            gradient[j] += l2 * w[j];
        }
        return gradient;
    }

    /** The Hessian at w times v. */
    double[] hessianTimes(double[] curvature, double[] v) {
        var result = new double[size];
        for (int i = 0; i < curvature.length; i++) {
            rows.get(i).addTo(result, curvature[i] * rows.get(i).dot(v));
        }
        for (int j = 0; j < size; j++) {
            result[j] += l2 * v[j];
        }
        return result;
    }

    /** Second derivative of each row's loss by its score, divided by the number of rows. */
    double[] curvature(double[] w) {
        var curvature = new double[weights.length];
        for (int i = 0; i < curvature.length; i++) {
            double p = Logistic.sigmoid(rows.get(i).dot(w));
            curvature[i] = weights[i] * p * (1 - p) / rows.size();
        }
        return curvature;
    }

    /** Solves H x = g by conjugate gradients, the more precisely the nearer the minimum. */
    private double[] solve(double[] w, double[] g, double length) {
        double[] curvature = curvature(w);
        var x = new double[size];
        double[] residual = g.clone();
        double[] p = g.clone();
        double rr = dot(residual, residual);
        double enough = Math.min(0.1, length) * length;
        for (int i = 0; i < 10 * size && Math.sqrt(rr) > enough; i++) {
            double[] hp = hessianTimes(curvature, p);
            double alpha = rr / dot(p, hp);
            for (int j = 0; j < size; j++) {
                x[j] += alpha * p[j];
                residual[j] -= alpha * hp[j];
            }
            double next = dot(residual, residual);
            for (int j = 0; j < size; j++) {
                p[j] = residual[j] + next / rr * p[j];
            }
            rr = next;
        }
        return x;
    }

    private static double[] moved(double[] w, double[] direction, double scale) {
        double[] to = w.clone();
        for (int j = 0; j < to.length; j++) {
            to[j] -= scale * direction[j];
        }
        return to;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
