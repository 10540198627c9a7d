package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Squared Mahalanobis distance to the nearest class mean, {@code min_k (f - mu_k)^T S^-1 (f - mu_k)}, with one covariance
 * for all classes, {@code S = 1/N sum_k sum_(i in k) (f_i - mu_k)(f_i - mu_k)^T + ridge I}; 0 or more, no unit.
 *
 * <p>Differs from the paper: one layer, no input perturbation. When S is singular and the ridge 0, its pseudo-inverse is
 * used (eigenvalues below 1e-12 of the largest are left out): directions in which the training features do not vary
 * then do not count. A ridge makes them count.
 *
 * @param ridge added to the diagonal of S, in squared feature units, 0 or more
 */
@Reference("lee2018simple")
public record Mahalanobis(double ridge) implements Detector {
    private static final double CUT = 1e-12; // relative; well above the rounding of a double eigenvalue

    public Mahalanobis {
        Check.notNegative(ridge, "ridge");
    }

    /** No ridge. */
    public static Mahalanobis defaults() {
        return new Mahalanobis(0);
    }

    public Mahalanobis withRidge(double r) {
        return new Mahalanobis(r);
    }

    @Override
    public Scorer fit(INDArray features, int[] labels) {
        double[][] x = Batches.rows(features, "features");
        Check.nonEmpty(x.length, "features");
        int classes = Batches.classes(x, labels);
        double[][] means = means(x, labels, classes);
        double[][] whitening = whitening(covariance(x, labels, means));
        double[][] centres = IntStream.range(0, classes)
                .filter(k -> IntStream.of(labels).anyMatch(label -> label == k))
                .mapToObj(k -> apply(whitening, means[k]))
                .toArray(double[][]::new);
        int d = x[0].length;
        return batch -> Arrays.stream(Batches.rows(batch, d, "batch"))
                .parallel()
                .mapToDouble(row -> nearest(centres, apply(whitening, row)))
                .toArray();
    }

    private static double[][] means(double[][] x, int[] labels, int classes) {
        var means = new double[classes][x[0].length];
        var counts = new int[classes];
        for (int i = 0; i < x.length; i++) {
            counts[labels[i]]++;
            for (int j = 0; j < x[i].length; j++) {
                means[labels[i]][j] += x[i][j];
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int j = 0; counts[k] > 0 && j < means[k].length; j++) {
                means[k][j] /= counts[k];
            }
        }
        return means;
    }

    private double[][] covariance(double[][] x, int[] labels, double[][] means) {
        int d = x[0].length;
        var s = new double[d][d];
        var centred = new double[d];
        for (int i = 0; i < x.length; i++) {
            double[] mu = means[labels[i]];
            for (int j = 0; j < d; j++) {
                centred[j] = x[i][j] - mu[j];
            }
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) {
                    s[a][b] += centred[a] * centred[b];
                }
            }
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                s[a][b] = s[a][b] / x.length + (a == b ? ridge : 0);
                s[b][a] = s[a][b];
            }
        }
        return s;
    }

    /** Rows {@code v_r / sqrt(lambda_r)}, so that S^+ = W^T W. */
    private static double[][] whitening(double[][] s) {
        var eigen = new EigenDecomposition(new Array2DRowRealMatrix(s, false));
        double[] values = eigen.getRealEigenvalues();
        double largest = Arrays.stream(values).max().orElse(0);
        if (!(largest > 0)) {
            throw new IllegalArgumentException(
                    "features must vary within a class, the largest variance in any direction was " + largest);
        }
        return IntStream.range(0, values.length)
                .filter(r -> values[r] > CUT * largest)
                .mapToObj(r -> eigen.getEigenvector(r)
                        .mapMultiply(1 / Math.sqrt(values[r]))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[] apply(double[][] whitening, double[] row) {
        var out = new double[whitening.length];
        for (int r = 0; r < out.length; r++) {
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                sum += whitening[r][j] * row[j];
            }
            out[r] = sum;
        }
        return out;
    }

    private static double nearest(double[][] centres, double[] z) {
        double least = Double.POSITIVE_INFINITY;
        for (double[] centre : centres) {
            double sum = 0;
            for (int r = 0; r < z.length; r++) {
                sum += (z[r] - centre[r]) * (z[r] - centre[r]);
            }
            least = Math.min(least, sum);
        }
        return least;
    }
}
