package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Reference;

/**
 * One step of PALM on embeddings f_i of unit length, prototype j belonging to class {@code j mod C}. The prototypes move to
 * {@code p_j = unit(m p_j + (1 - m) sum_i u_ij f_i)}; then come the losses, with {@code t} the temperature:
 *
 * <p>likelihood {@code -1/n sum_i (sum_j w_ij f_i.p_j / t - log sum_j exp(f_i.p_j / t))}; contrast
 * {@code -1/J sum_j (mean over the others k of its class of p_j.p_k / 0.5 - log sum_(k != j) exp(p_j.p_k / 0.5))}.
 *
 * <p>The weights u (columns adding to 1) and w (rows adding to 1) come from Sinkhorn assignments Q to the prototypes before and
 * after the move, restricted to the class and, of its prototypes, to the nearest few. Weights are constants to the gradient, and
 * so are the prototypes in the likelihood; the contrast's gradient reaches the embeddings through the move. As in the paper's
 * code.
 */
@Reference("lu2024palm")
final class PalmStep {
    private final Palm options;
    private final double[][] f;
    private final double[][] before;
    private final double[][] assignment;
    private final double[][] pull;
    private final double[][] moved;
    private final double[][] weights;

    /** A step from prototypes [J][d] on embeddings [n][d] of unit length with their classes [n] of so many. */
    PalmStep(Palm options, int classes, double[][] prototypes, double[][] embeddings, int... labels) {
        this.options = options;
        before = prototypes;
        f = embeddings;
        assignment = Assignment.sinkhorn(f, before, options.smoothing());
        double[][] own = Assignment.ownClass(assignment, labels, classes);
        pull = Assignment.columnsToOne(kept(own, own));
        moved = move(pull);
        double[][] after = Assignment.ownClass(Assignment.sinkhorn(f, moved, options.smoothing()), labels, classes);
        weights = kept(after, pull);
    }

    /** The values at the nearest prototypes by the keys, rows adding to 1. */
    private double[][] kept(double[][] values, double[][] keys) {
        return Assignment.rowsToOne(
                options.nearest() > 0 ? Assignment.largest(values, keys, options.nearest()) : values);
    }

    /** The assignment before the move, [n][J], rows adding to 1; a copy. */
    double[][] assignment() {
        return copy(assignment);
    }

    /** The prototypes after the move, [J][d]; a copy. */
    double[][] prototypes() {
        return copy(moved);
    }

    /** The weights u of the move, [n][J]; a copy. */
    double[][] pull() {
        return copy(pull);
    }

    /** The weights w of the likelihood, [n][J]; a copy. */
    double[][] weights() {
        return copy(weights);
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /** {@code m p_j + (1 - m) sum_i u_ij f_i}, before its length is made 1. */
    private double[] pulled(int j, double[][] u) {
        var sum = new double[before[j].length];
        for (int i = 0; i < f.length; i++) {
            for (int a = 0; a < sum.length && u[i][j] > 0; a++) {
                sum[a] += u[i][j] * f[i][a];
            }
        }
        for (int a = 0; a < sum.length; a++) {
            sum[a] = options.momentum() * before[j][a] + (1 - options.momentum()) * sum[a];
        }
        return sum;
    }

    private double[][] move(double[][] u) {
        return IntStream.range(0, before.length)
                .mapToObj(j -> Vectors.unit(pulled(j, u)))
                .toArray(double[][]::new);
    }

    /** The likelihood loss in nats; adds its gradient by the embeddings. */
    double likelihood(double[][] gradient) {
        double loss = 0;
        for (int i = 0; i < f.length; i++) {
            double[] z = ScatterMatrix.apply(moved, f[i]);
            for (int j = 0; j < z.length; j++) {
                z[j] /= options.temperature();
            }
            double[] soft = Vectors.softmax(z, 1);
            loss += (Vectors.logSumExp(z) - Vectors.dot(weights[i], z)) / f.length;
            for (int j = 0; j < z.length; j++) {
                double slope = (soft[j] - weights[i][j]) / (options.temperature() * f.length);
                addScaled(slope, moved[j], gradient[i]);
            }
        }
        return loss;
    }

    /** The contrastive loss of the prototypes in nats; adds its gradient by the embeddings, through the move. */
    double contrast(int classes, double[][] gradient) {
        var slopes = new double[moved.length][moved[0].length];
        double loss = contrast(moved, classes, slopes);
        for (int j = 0; j < moved.length; j++) {
            double length = Vectors.norm(pulled(j, pull));
            double[] inward = throughLength(slopes[j], moved[j], length);
            for (int i = 0; i < f.length; i++) {
                addScaled((1 - options.momentum()) * pull[i][j], inward, gradient[i]);
            }
        }
        return loss;
    }

    /** The same for given prototypes of unit length; adds its gradient by the prototypes. */
    static double contrast(double[][] p, int classes, double[][] gradient) {
        double loss = 0;
        for (int j = 0; j < p.length; j++) {
            var z = new double[p.length];
            int same = 0;
            for (int k = 0; k < p.length; k++) {
                z[k] = k == j ? Double.NEGATIVE_INFINITY : Vectors.dot(p[j], p[k]) / Palm.CONTRAST_TEMPERATURE;
                same += k != j && k % classes == j % classes ? 1 : 0;
            }
            double[] soft = Vectors.softmax(z, 1);
            loss += Vectors.logSumExp(z) / p.length;
            for (int k = 0; k < p.length; k++) {
                double weight = k != j && k % classes == j % classes ? 1.0 / same : 0;
                loss -= weight > 0 ? weight * z[k] / p.length : 0;
                double slope = (soft[k] - weight) / (Palm.CONTRAST_TEMPERATURE * p.length);
                addScaled(slope, p[k], gradient[j]);
                addScaled(slope, p[j], gradient[k]);
            }
        }
        return loss;
    }

    /** The gradient by v of a function of {@code v / |v| = unit}. */
    static double[] throughLength(double[] gradient, double[] unit, double length) {
        double along = Vectors.dot(gradient, unit);
        var out = new double[unit.length];
        for (int a = 0; a < out.length; a++) {
            out[a] = length > 0 ? (gradient[a] - along * unit[a]) / length : 0;
        }
        return out;
    }

    private static void addScaled(double factor, double[] x, double[] y) {
        for (int a = 0; a < y.length; a++) {
            y[a] += factor * x[a];
        }
    }
}
