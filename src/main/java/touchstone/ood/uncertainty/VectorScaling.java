package touchstone.ood.uncertainty;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Vector scaling: {@code softmax(w * z + b)} with a factor and an offset a class, of the least mean negative log-likelihood on
 * held-out rows plus {@code ridge / 2 (|w - 1|^2 + |b|^2)}. It may change predictions.
 *
 * <p>Differs from the paper: the ridge towards no change, without which separable rows have no optimum and b is known up to a
 * constant only. The objective is convex; Newton's steps with halving find its minimum.
 *
 * @param ridge above 0, a squared logit's worth of likelihood
 */
@Reference("guo2017calibration")
public record VectorScaling(double ridge) {
    private static final int STEPS = 200;

    public VectorScaling {
        Check.positive(ridge, "ridge");
    }

    /** A ridge of 1e-3. */
    public static VectorScaling defaults() {
        return new VectorScaling(1e-3);
    }

    public VectorScaling withRidge(double r) {
        return new VectorScaling(r);
    }

    /**
     * Fits.
     *
     * @param logits of rows the model was not trained on, [n, c]
     * @param labels true classes, [n], in [0, c)
     */
    public Scaled fit(double[][] logits, int[] labels) {
        int c = LogitRows.classes(logits, labels);
        var at = new double[2 * c];
        Arrays.fill(at, 0, c, 1);
        double value = objective(logits, labels, at);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient(logits, labels, at);
            double[] direction = new CholeskyDecomposition(hessian(logits, labels, at), 1e-8, 0)
                    .getSolver()
                    .solve(new ArrayRealVector(gradient, false))
                    .toArray();
            double slope = 0;
            for (int k = 0; k < at.length; k++) {
                slope += gradient[k] * direction[k];
            }
            if (slope <= 1e-24) {
                break;
            }
            double length = 1;
            double[] next = moved(at, direction, length);
            while (length > 1e-10 && objective(logits, labels, next) > value - 1e-4 * length * slope) {
                length /= 2;
                next = moved(at, direction, length);
            }
            double found = objective(logits, labels, next);
            if (!(found < value)) {
                break; // as low as doubles tell
            }
            at = next;
            value = found;
        }
        return new Scaled(Arrays.copyOf(at, c), Arrays.copyOfRange(at, c, 2 * c));
    }

    private static double[] moved(double[] at, double[] direction, double length) {
        var next = at.clone();
        Arrays.setAll(next, k -> at[k] - length * direction[k]);
        return next;
    }

    private static double[] scaled(double[] z, double[] at) {
        var out = new double[z.length];
        Arrays.setAll(out, j -> at[j] * z[j] + at[z.length + j]);
        return out;
    }

    private double objective(double[][] logits, int[] labels, double[] at) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] z = scaled(logits[i], at);
            sum += LogitRows.logSumExp(z) - z[labels[i]];
        }
        double penalty = 0;
        for (int k = 0; k < at.length; k++) {
            double off = at[k] - (k < at.length / 2 ? 1 : 0);
            penalty += off * off;
        }
        return sum / labels.length + ridge / 2 * penalty;
    }

    private double[] gradient(double[][] logits, int[] labels, double[] at) {
        int c = at.length / 2;
        var gradient = new double[2 * c];
        for (int i = 0; i < labels.length; i++) {
            double[] p = LogitRows.softmax(scaled(logits[i], at));
            p[labels[i]] -= 1;
            for (int j = 0; j < c; j++) {
                gradient[j] += p[j] * logits[i][j] / labels.length;
                gradient[c + j] += p[j] / labels.length;
            }
        }
        for (int k = 0; k < 2 * c; k++) {
            gradient[k] += ridge * (at[k] - (k < c ? 1 : 0));
        }
        return gradient;
    }

    /** {@code mean_i J_i^T (diag(p) - p p^T) J_i + ridge I} with {@code J_i = [diag(z_i), I]}. */
    private Array2DRowRealMatrix hessian(double[][] logits, int[] labels, double[] at) {
        int c = at.length / 2;
        var h = new double[2 * c][2 * c];
        for (int i = 0; i < labels.length; i++) {
            double[] p = LogitRows.softmax(scaled(logits[i], at));
            for (int j = 0; j < c; j++) {
                for (int k = 0; k < c; k++) {
                    double v = ((j == k ? p[j] : 0) - p[j] * p[k]) / labels.length;
                    h[j][k] += v * logits[i][j] * logits[i][k];
                    h[j][c + k] += v * logits[i][j];
                    h[c + j][k] += v * logits[i][k];
                    h[c + j][c + k] += v;
                }
            }
        }
        for (int k = 0; k < 2 * c; k++) {
            h[k][k] += ridge;
        }
        return new Array2DRowRealMatrix(h, false);
    }

    /**
     * Fitted factors and offsets.
     *
     * @param factors w, [c]
     * @param offsets b, [c], in logits
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
    public record Scaled(double[] factors, double[] offsets) {
        public Scaled {
            Check.sameLength(factors.length, "factors", offsets.length, "offsets");
            Check.allFinite(factors, "factors");
            Check.allFinite(offsets, "offsets");
            factors = factors.clone();
            offsets = offsets.clone();
        }

        /** {@code softmax(w * z + b)} of logits [n, c]. */
        public double[][] apply(double[][] logits) {
            Check.sameLength(LogitRows.classes(logits, "logits"), "logits of a row", factors.length, "factors");
            double[] at = Arrays.copyOf(factors, 2 * factors.length);
            System.arraycopy(offsets, 0, at, factors.length, offsets.length);
            return Arrays.stream(logits)
                    .map(z -> LogitRows.softmax(scaled(z, at)))
                    .toArray(double[][]::new);
        }

        @Override
        public double[] factors() {
            return factors.clone();
        }

        @Override
        public double[] offsets() {
            return offsets.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Scaled that
                    && Arrays.equals(factors, that.factors)
                    && Arrays.equals(offsets, that.offsets);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(factors) + Arrays.hashCode(offsets);
        }

        @Override
        public String toString() {
            return "Scaled[factors=" + Arrays.toString(factors) + ", offsets=" + Arrays.toString(offsets) + "]";
        }
    }
}
