package touchstone.rlhf;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;

/**
 * Shares of groups that depend on a context by a softmax of linear scores, {@code g_k(x) = softmax_k(V x)}. Fitted to
 * shares r by Newton's method on {@code mean_a -sum_k r_ak log g_k(x_a) + l2 / 2 |V|^2}, which is strictly convex; a
 * step is halved until it lowers that.
 */
final class LinearGate implements MixtureFit.Gate {
    private static final int STEPS = 100;
    private static final double TOLERANCE = 1e-9; // on the length of the gradient; the loss is of order 1

    private final double[][] contexts;
    private final double l2;
    private final double[][] v;

    private LinearGate(double[][] contexts, double l2, double[][] v) {
        this.contexts = contexts;
        this.l2 = l2;
        this.v = v;
    }

    /** Equal shares for contexts [people, c]. */
    static LinearGate uniform(double[][] contexts, int groups, double l2) {
        return new LinearGate(contexts, l2, new double[groups][contexts[0].length]);
    }

    double[][] weights() {
        return v;
    }

    @Override
    public double[] logShares(int person) {
        return logShares(v, contexts[person]);
    }

    @Override
    public double penalty() {
        double sum = 0;
        for (double[] row : v) {
            sum += dot(row, row);
        }
        return contexts.length * l2 / 2 * sum;
    }

    @Override
    public MixtureFit.Gate fitted(double[][] r) {
        LinearGate now = this;
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = now.gradient(r);
            if (Math.sqrt(dot(gradient, gradient)) < TOLERANCE) {
                return now;
            }
            var solver = new CholeskyDecomposition(new Array2DRowRealMatrix(now.hessian(), false)).getSolver();
            RealVector direction = solver.solve(new ArrayRealVector(gradient, false));
            double loss = now.loss(r);
            double scale = 1;
            LinearGate next = now.moved(direction, scale);
            while (!(next.loss(r) < loss) && scale > 1e-9) {
                scale /= 2;
                next = now.moved(direction, scale);
            }
            if (!(next.loss(r) < loss)) {
                return now; // at the rounding of the loss: no step lowers it
            }
            now = next;
        }
        return now;
    }

    /** {@code log softmax(V x)}, [groups]. */
    static double[] logShares(double[][] v, double[] x) {
        var z = new double[v.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < z.length; k++) {
            z[k] = dot(v[k], x);
            most = Math.max(most, z[k]);
        }
        double sum = 0;
        for (double s : z) {
            sum += Math.exp(s - most);
        }
        for (int k = 0; k < z.length; k++) {
            z[k] -= most + Math.log(sum);
        }
        return z;
    }

    private double loss(double[][] r) {
        double sum = penalty();
        for (int a = 0; a < r.length; a++) {
            sum -= dot(r[a], logShares(a));
        }
        return sum / r.length;
    }

    private double[] gradient(double[][] r) {
        int c = contexts[0].length;
        var g = new double[v.length * c];
        for (int a = 0; a < r.length; a++) {
            double[] logs = logShares(a);
            for (int k = 0; k < v.length; k++) {
                double slope = (Math.exp(logs[k]) - r[a][k]) / r.length;
                for (int j = 0; j < c; j++) {
                    g[k * c + j] += slope * contexts[a][j];
                }
            }
        }
        for (int i = 0; i < g.length; i++) {
            g[i] += l2 * v[i / c][i % c];
        }
        return g;
    }

    private double[][] hessian() {
        int c = contexts[0].length;
        var h = new double[v.length * c][v.length * c];
        for (int a = 0; a < contexts.length; a++) {
            double[] logs = logShares(a);
            for (int k = 0; k < v.length; k++) {
                for (int m = 0; m < v.length; m++) {
                    double p = Math.exp(logs[k]) * ((k == m ? 1 : 0) - Math.exp(logs[m])) / contexts.length;
                    addOuter(h, k * c, m * c, p, contexts[a]);
                }
            }
        }
        for (int i = 0; i < h.length; i++) {
            h[i][i] += l2;
        }
        return h;
    }

    private static void addOuter(double[][] h, int row, int column, double factor, double[] x) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                h[row + i][column + j] += factor * (x[i] * x[j]); // symmetric to the bit
            }
        }
    }

    private LinearGate moved(RealVector direction, double scale) {
        int c = contexts[0].length;
        var to = new double[v.length][c];
        for (int k = 0; k < v.length; k++) {
            for (int j = 0; j < c; j++) {
                to[k][j] = v[k][j] - scale * direction.getEntry(k * c + j);
            }
        }
        return new LinearGate(contexts, l2, to);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
