package touchstone.rlhf;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.rlhf.preference.SparseRows;
import touchstone.util.Logistic;

/**
 * Minimises {@code mean log(1 + exp(-d_i . w)) + l2 / 2 |w|^2} over the rows d_i by Newton's method; each step is solved with conjugate gradients and halved until it lowers the loss. With a penalty the problem is strictly
 * convex: one minimum, whatever the start. Without one there may be none, and then the fit refuses.
 */
final class LogisticFit {
    private static final Logger LOG = LoggerFactory.getLogger(LogisticFit.class);
    private static final int STEPS = 200;
    private static final double TOLERANCE = 1e-10; // on the length of the gradient; the loss is of order 1

    private static final double FAR = 40; // a lead whose loss, e^-40, is below the rounding of the others'

    private final SparseRows rows;
    private final double l2;

    LogisticFit(SparseRows rows, double l2) {
        this.rows = rows;
        this.l2 = l2;
    }

    double[] minimise() {
        var w = new double[rows.columns()];
        double[] leads = rows.times(w);
        double loss = loss(w, leads);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient(w, leads);
            double length = Math.sqrt(dot(gradient, gradient));
            LOG.debug("Newton step {}: loss {}, gradient {}", step, loss, length);
            if (length < TOLERANCE && (l2 > 0 || step == 0)) {
                return w;
            }
            demandOptimum(leads);
            if (length < TOLERANCE) {
                return w;
            }
            double[] direction = solve(curvature(leads), gradient, length);
            double slope = dot(direction, gradient);
            double scale = 2;
            double[] next = w;
            double[] nextLeads = leads;
            double nextLoss = Double.POSITIVE_INFINITY;
            while (!(nextLoss <= loss - 1e-4 * scale * slope) && scale > 1e-9) {
                scale /= 2;
                next = moved(w, direction, scale);
                nextLeads = rows.times(next);
                nextLoss = loss(next, nextLeads);
            }
            if (!(nextLoss < loss)) {
                return w; // at the rounding of the loss: no step lowers it
            }
            w = next;
            leads = nextLeads;
            loss = nextLoss;
        }
        throw new IllegalStateException(
                "the logistic fit did not settle in " + STEPS + " Newton steps; raise l2, was " + l2);
    }

    /** Without a penalty: refuses rows that some w puts all on the right side, for a longer w is always better then. */
    private void demandOptimum(double[] leads) {
        if (l2 > 0) {
            return;
        }
        boolean apart = true;
        boolean far = false;
        for (int i = 0; i < leads.length; i++) {
            apart &= leads[i] > 0 || rows.isZero(i);
            far |= leads[i] > FAR;
        }
        if (apart || far) {
            throw new IllegalArgumentException("the pairs are " + (apart ? "separable" : "separable but for ties")
                    + ": some direction puts all " + leads.length
                    + " in order, so without a penalty the optimum is at infinity; give l2 above 0");
        }
    }

    private static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    double loss(double[] w) {
        return loss(w, rows.times(w));
    }

    private double loss(double[] w, double[] leads) {
        double sum = 0;
        for (int i = 0; i < leads.length; i++) {
            sum += Logistic.softplus(-leads[i]);
        }
        return sum / leads.length + l2 / 2 * dot(w, w);
    }

    double[] gradient(double[] w) {
        return gradient(w, rows.times(w));
    }

    private double[] gradient(double[] w, double[] leads) {
        var pull = new double[leads.length];
        Arrays.setAll(pull, i -> -Logistic.sigmoid(-leads[i]) / leads.length);
        return penalised(rows.transposeTimes(pull), w);
    }

    private double[] penalised(double[] sum, double[] w) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += l2 * w[j];
        }
        return sum;
    }

    /** The Hessian with these curvatures times v. */
    double[] hessianTimes(double[] curvature, double[] v) {
        double[] along = rows.times(v);
        for (int i = 0; i < along.length; i++) {
            along[i] *= curvature[i];
        }
        return penalised(rows.transposeTimes(along), v);
    }

    /** Second derivative of each row's loss by its lead, divided by the number of rows. */
    double[] curvature(double[] leads) {
        var curvature = new double[leads.length];
        for (int i = 0; i < curvature.length; i++) {
            double p = Logistic.sigmoid(leads[i]);
            curvature[i] = p * (1 - p) / leads.length;
        }
        return curvature;
    }

    /**
     * Solves H x = g by conjugate gradients scaled by the Hessian's diagonal, the more precisely the nearer the minimum, but no more so
     * than the last step needs.
     */
    private double[] solve(double[] curvature, double[] g, double length) {
        int size = g.length;
        double[] scale = penalised(rows.transposeTimesSquares(curvature), ones(size));
        var x = new double[size];
        double[] residual = g.clone();
        var p = new double[size];
        double rz = 0;
        double enough = Math.max(Math.min(0.1, Math.sqrt(length)) * length, TOLERANCE / 4);
        for (int i = 0; i < 10 * size && Math.sqrt(dot(residual, residual)) > enough; i++) {
            double next = 0;
            for (int j = 0; j < size; j++) {
                next += residual[j] * residual[j] / positive(scale[j]);
            }
            for (int j = 0; j < size; j++) {
                p[j] = residual[j] / positive(scale[j]) + (i == 0 ? 0 : next / rz * p[j]);
            }
            rz = next;
            double[] hp = hessianTimes(curvature, p);
            double alpha = rz / dot(p, hp);
            for (int j = 0; j < size; j++) {
                x[j] += alpha * p[j];
                residual[j] -= alpha * hp[j];
            }
        }
        return x;
    }

    /** A place that no row uses has no curvature, and no gradient either. */
    private static double positive(double scale) {
        return scale > 0 ? scale : 1;
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
