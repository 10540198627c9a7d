package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Class means, covariances over n, and the whitening that turns Mahalanobis distances into Euclidean ones. */
final class ScatterMatrix {
    private static final double CUT = 1e-12; // relative; well above the rounding of a double eigenvalue
    private static final int BLOCK = 32; // rows of the matrix that one task sums

    private ScatterMatrix() {}

    /** The mean of each class, [c][d]; of a class without rows, zeros. */
    static double[][] means(double[][] x, int[] labels, int classes) {
        var means = new double[classes][x[0].length];
        int[] counts = counts(labels, classes);
        for (int i = 0; i < x.length; i++) {
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

    /** The number of rows of each class. */
    static int[] counts(int[] labels, int classes) {
        var counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** {@code 1/n sum_i (x_i - mu_label(i))(x_i - mu_label(i))^T + ridge I}; the same bits on any number of cores. */
    static double[][] pooled(double[][] x, int[] labels, double[][] means, double ridge) {
        double[][] centred = IntStream.range(0, x.length)
                .parallel()
                .mapToObj(i -> Vectors.minus(x[i], means[labels[i]]))
                .toArray(double[][]::new);
        return secondMoments(centred, ridge);
    }

    /** {@code 1/n sum_i x_i x_i^T + ridge I}. */
    static double[][] secondMoments(double[][] x, double ridge) {
        int d = x[0].length;
        var s = new double[d][d];
        IntStream.range(0, (d + BLOCK - 1) / BLOCK).parallel().forEach(block -> sums(x, s, block * BLOCK));
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                s[a][b] = s[a][b] / x.length + (a == b ? ridge : 0);
                s[b][a] = s[a][b];
            }
        }
        return s;
    }

    private static void sums(double[][] x, double[][] s, int from) {
        int to = Math.min(s.length, from + BLOCK);
        for (double[] row : x) {
            for (int a = from; a < to; a++) {
                double v = row[a];
                double[] out = s[a];
                for (int b = 0; b <= a; b++) {
                    out[b] += v * row[b];
                }
            }
        }
    }

    /** Rows {@code v_r / sqrt(lambda_r)}, so that the pseudo-inverse of {@code s} is {@code W^T W}. */
    static double[][] whitening(double[][] s) {
        for (int a = 0; a < s.length; a++) {
            if (!Double.isFinite(s[a][a])) {
                throw new IllegalArgumentException(
                        "features must have a finite variance, that of column " + a + " was " + s[a][a]);
            }
        }
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

    /** The product of a matrix with a vector. */
    static double[] apply(double[][] matrix, double[] row) {
        var out = new double[matrix.length];
        for (int r = 0; r < out.length; r++) {
            out[r] = Vectors.dot(matrix[r], row);
        }
        return out;
    }

    /** The least squared distance of {@code z} to a centre. */
    static double nearest(double[][] centres, double[] z) {
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
