package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;

/** Class means, covariances over n, and the whitening that turns Mahalanobis distances into Euclidean ones. */
final class ScatterMatrix {
    private static final double SOUND = 1e8; // far from 1 / CUT
    private static final double CUT = 1e-12; // relative; well above the rounding of a double eigenvalue

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
        return averaged(x.length, x[0].length, ridge, (i, into, at) -> subtract(x[i], means[labels[i]], into, at));
    }

    /** {@code 1/n sum_i (x_i - u)(x_i - u)^T}. */
    static double[][] about(double[] u, double[][] x) {
        return averaged(x.length, u.length, 0, (i, into, at) -> subtract(x[i], u, into, at));
    }

    /** {@code 1/n sum_i x_i x_i^T + ridge I}. */
    static double[][] secondMoments(double[][] x, double ridge) {
        int d = x[0].length;
        return averaged(x.length, d, ridge, (i, into, at) -> System.arraycopy(x[i], 0, into, at, d));
    }

    private static void subtract(double[] row, double[] mean, double[] into, int at) {
        for (int j = 0; j < row.length; j++) {
            into[at + j] = row[j] - mean[j];
        }
    }

    private static double[][] averaged(int n, int d, double ridge, Algebra.Rows rows) {
        double[][] s = Batches.algebra().gram(n, d, rows);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                s[a][b] = s[a][b] / n + (a == b ? ridge : 0);
            }
        }
        return s;
    }

    /**
     * Rows W, so that the pseudo-inverse of {@code s} is {@code W^T W}: the inverse Cholesky factor, which is triangular, or where
     * {@code s} is nearly singular {@code v_r / sqrt(lambda_r)} of the eigenvalues above the cut.
     */
    static double[][] whitening(double[][] s) {
        for (int a = 0; a < s.length; a++) {
            if (!Double.isFinite(s[a][a])) {
                throw new IllegalArgumentException(
                        "features must have a finite variance, that of column " + a + " was " + s[a][a]);
            }
        }
        double[][] inverse = Cholesky.inverseFactor(s);
        if (sound(s, inverse)) {
            return inverse;
        }
        Algebra.Eigen eigen = Batches.algebra().eigen(s);
        double[] values = eigen.values();
        double largest = Vectors.max(values);
        if (!(largest > 0)) {
            throw new IllegalArgumentException(
                    "features must vary within a class, the largest variance in any direction was " + largest);
        }
        return IntStream.range(0, values.length)
                .filter(r -> values[r] > CUT * largest)
                .mapToObj(r -> Arrays.stream(eigen.vectors()[r])
                        .map(v -> v / Math.sqrt(values[r]))
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Whether the factor is there and no eigenvalue is near the cut: {@code tr S tr S^-1} is at least their greatest ratio. */
    private static boolean sound(double[][] s, double[][] inverse) {
        double trace = 0;
        double inverted = 0;
        for (int a = 0; a < inverse.length; a++) {
            trace += s[a][a];
            inverted += Vectors.dot(inverse[a], inverse[a]);
        }
        return inverse.length > 0 && trace * inverted < SOUND;
    }

    /** The product of a matrix with a vector. */
    static double[] apply(double[][] matrix, double[] row) {
        var out = new double[matrix.length];
        for (int r = 0; r < out.length; r++) {
            out[r] = Vectors.dot(matrix[r], row);
        }
        return out;
    }

    /** The least squared distance of each row to a centre, after the map; centres are mapped already. */
    static double[] nearest(Algebra.Product map, double[][] centres, double[][] rows) {
        Algebra.Product crossing = Batches.algebra().times(centres);
        double[] squares = Vectors.each(centres.length, k -> Vectors.dot(centres[k], centres[k]));
        return Batches.inBlocks(rows, block -> {
            double[][] z = map.of(block);
            double[][] products = crossing.of(z);
            return Vectors.each(z.length, i -> nearest(centres, squares, z[i], products[i]));
        });
    }

    /** The expanded square, {@code |c|^2 - 2 c z}, finds what may be nearest; the square itself decides. */
    private static double nearest(double[][] centres, double[] squares, double[] z, double[] products) {
        double bar = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (int k = 0; k < centres.length; k++) {
            bar = Math.min(bar, squares[k] - 2 * products[k]);
            longest = Math.max(longest, squares[k]);
        }
        double slack = 4 * (z.length + 8) * Math.ulp(1.0) * (longest + Math.sqrt(longest * Vectors.dot(z, z)));
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < centres.length; k++) {
            if (!(squares[k] - 2 * products[k] > bar + slack)) {
                least = Math.min(least, squared(centres[k], z));
            }
        }
        return least;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int r = 0; r < a.length; r++) {
            sum += (a[r] - b[r]) * (a[r] - b[r]);
        }
        return sum;
    }
}
