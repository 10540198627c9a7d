package touchstone.nn;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A linear map from features to classes: ridge regression to one-hot labels, of features scaled to mean 0 and deviation 1 over the rows
 * it learned from. Immutable.
 */
@Reference("alain2017understanding")
public final class RidgeProbe {
    private final double[][] moments;
    private final double[][] weights;

    private RidgeProbe(double[][] moments, double[][] weights) {
        this.moments = moments;
        this.weights = weights;
    }

    /**
     * Fits a probe.
     *
     * @param x features, [n, d]
     * @param labels 0 to classes - 1, [n]; a negative one leaves its row out
     * @param classes 2 or more
     * @param l2 of the ridge, an example, above 0
     */
    public static RidgeProbe fit(double[][] x, int[] labels, int classes, double l2) {
        Check.nonEmpty(x.length, "x");
        Check.sameLength(x.length, "x", labels.length, "labels");
        Check.atLeast(classes, 2, "classes");
        Check.positive(l2, "l2");
        double[][] moments = moments(x);
        return new RidgeProbe(moments, solve(scaled(x, moments), labels, classes, l2));
    }

    /** A score of each class, near 1 for the one that the row is like: [n, classes]. */
    public double[][] scores(double[][] x) {
        double[][] rows = scaled(x, moments);
        var out = new double[x.length][weights[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                for (int c = 0; c < out[i].length; c++) {
                    out[i][c] += rows[i][j] * weights[j][c];
                }
            }
        }
        return out;
    }

    /** The class of the highest score, the first of equal ones: [n]. */
    public int[] predict(double[][] x) {
        double[][] scores = scores(x);
        var best = new int[x.length];
        for (int i = 0; i < best.length; i++) {
            for (int c = 1; c < scores[i].length; c++) {
                best[i] = scores[i][c] > scores[i][best[i]] ? c : best[i];
            }
        }
        return best;
    }

    private static double[][] solve(double[][] x, int[] labels, int classes, double l2) {
        int d = x[0].length;
        var gram = new double[d][d];
        var right = new double[d][classes];
        for (int i = 0; i < x.length; i++) {
            if (labels[i] >= 0) {
                Check.index(labels[i], classes, "labels[" + i + "]");
                for (int j = 0; j < d; j++) {
                    right[j][labels[i]] += x[i][j];
                    for (int k = 0; k < d; k++) {
                        gram[j][k] += x[i][j] * x[i][k];
                    }
                }
            }
        }
        for (int j = 0; j < d; j++) {
            gram[j][j] += l2 * x.length;
        }
        RealMatrix solved = new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false), 1e-9, 0)
                .getSolver()
                .solve(new Array2DRowRealMatrix(right, false));
        return solved.getData();
    }

    /** Mean and deviation of each column; 1 for a column without any. */
    private static double[][] moments(double[][] x) {
        var moments = new double[2][x[0].length];
        for (int j = 0; j < x[0].length; j++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : x) {
                sum += row[j];
                squares += row[j] * row[j];
            }
            moments[0][j] = sum / x.length;
            double variance = squares / x.length - moments[0][j] * moments[0][j];
            moments[1][j] = variance > 1e-12 ? Math.sqrt(variance) : 1;
        }
        return moments;
    }

    /** Scaled rows with a 1 at the end. */
    private static double[][] scaled(double[][] x, double[][] moments) {
        var out = new double[x.length][moments[0].length + 1];
        for (int i = 0; i < x.length; i++) {
            Check.sameLength(x[i].length, "a row of x", moments[0].length, "the rows it learned from");
            for (int j = 0; j < x[i].length; j++) {
                out[i][j] = (x[i][j] - moments[0][j]) / moments[1][j];
            }
            out[i][x[i].length] = 1;
        }
        return out;
    }
}
