package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Recursive least squares as published: ridge regression onto one-hot labels by updates of the inverse covariance,
 * {@code R -= R X' (I + X R X')^-1 X R}, then {@code W += R X' (Y - X W)}, from {@code R = I / gamma}.
 *
 * <p>Follows the papers, to be compared with {@link AnalyticClassifier}: the two are equal in exact arithmetic, but here errors
 * of rounding are carried along. Where columns are nearly collinear, {@code I + X R X'} is close to singular for batches that
 * bring no new direction, and then it matters how it is inverted.
 */
@Reference({"zhuang2022acil", "zhuang2024aefocl"})
public final class CovarianceRecursion {
    /** How {@code I + X R X'} is inverted. */
    public enum Inner {
        /** By its inverse, written down, as the released program does. */
        INVERSE,
        /** By Cholesky factors. */
        FACTORED
    }

    private final int features;
    private final Inner inner;
    private final double[][] covariance;
    private final List<double[]> weights = new ArrayList<>();

    private CovarianceRecursion(int features, double gamma, Inner inner) {
        this.inner = inner;
        this.features = Check.atLeast(features, 1, "features");
        Check.positive(gamma, "gamma");
        this.covariance = new double[features][features];
        for (int a = 0; a < features; a++) {
            covariance[a][a] = 1 / gamma;
        }
    }

    /**
     * A classifier that has seen nothing.
     *
     * @param features columns of the rows
     * @param gamma ridge, above 0
     */
    public static CovarianceRecursion of(int features, double gamma, Inner inner) {
        return new CovarianceRecursion(features, gamma, inner);
    }

    /** Adds rows [n, features] with labels [n] of 0 or more, in one update. */
    public void add(double[][] rows, int[] labels) {
        Check.sameLength(rows.length, "rows", labels.length, "labels");
        Check.allAtLeast(labels, 0, "labels");
        for (int i = 0; i < rows.length; i++) {
            Check.sameLength(rows[i].length, "rows[" + i + "]", features, "features");
            Check.allFinite(rows[i], "rows[" + i + "]");
        }
        if (rows.length > 0) {
            int most = Arrays.stream(labels).max().orElse(-1);
            while (weights.size() <= most) {
                weights.add(new double[features]);
            }
            shrink(rows);
            correct(rows, labels);
        }
    }

    /** The update of the inverse covariance, from {@code G = (I + X R X')^-1 X R}. */
    private void shrink(double[][] rows) {
        int n = rows.length;
        double[][] xr = new double[n][];
        Arrays.setAll(xr, i -> times(rows[i]));
        var sum = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sum[i][j] = (i == j ? 1 : 0) + Gradients.dot(xr[i], rows[j]);
            }
        }
        double[][] gain = gain(new Array2DRowRealMatrix(sum, false), new Array2DRowRealMatrix(xr, false));
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < features; a++) {
                double x = xr[i][a];
                for (int b = 0; b < features; b++) {
                    covariance[a][b] -= x * gain[i][b];
                }
            }
        }
    }

    private double[][] gain(RealMatrix sum, RealMatrix xr) {
        if (inner == Inner.INVERSE) {
            return MatrixUtils.inverse(sum).multiply(xr).getData();
        }
        // the products differ in their last bits across the diagonal; the upper half is taken
        return new CholeskyDecomposition(sum, Double.POSITIVE_INFINITY, 0)
                .getSolver()
                .solve(xr)
                .getData();
    }

    /** A row times the inverse covariance, [features]. */
    private double[] times(double[] row) {
        var out = new double[features];
        for (int a = 0; a < features; a++) {
            for (int b = 0; b < features; b++) {
                out[b] += row[a] * covariance[a][b];
            }
        }
        return out;
    }

    private void correct(double[][] rows, int[] labels) {
        var errors = new double[rows.length][weights.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < weights.size(); c++) {
                errors[i][c] = (labels[i] == c ? 1 : 0) - Gradients.dot(rows[i], weights.get(c));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            double[] step = times(rows[i]);
            for (int c = 0; c < weights.size(); c++) {
                for (int a = 0; a < features; a++) {
                    weights.get(c)[a] += step[a] * errors[i][c];
                }
            }
        }
    }

    /** The weights, [features, classes]; a row x scores {@code x W}. */
    public double[][] weights() {
        var out = new double[features][weights.size()];
        for (int a = 0; a < features; a++) {
            for (int c = 0; c < weights.size(); c++) {
                out[a][c] = weights.get(c)[a];
            }
        }
        return out;
    }
}
