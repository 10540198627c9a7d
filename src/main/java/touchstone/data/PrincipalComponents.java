package touchstone.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The directions in which rows vary most: orthogonal, of unit length, by falling variance, each with its largest coordinate
 * positive. Immutable.
 */
@Reference("pearson1901lines")
public final class PrincipalComponents {
    private final double[] mean;
    private final double[][] directions;
    private final double[] variances;

    private PrincipalComponents(double[] mean, double[][] directions, double[] variances) {
        this.mean = mean;
        this.directions = directions;
        this.variances = variances;
    }

    /**
     * The first directions of rows.
     *
     * @param x [n][d] with n of 2 or more, finite; not modified
     * @param count of directions, 1 to d
     */
    public static PrincipalComponents fit(double[][] x, int count) {
        Check.atLeast(x.length, 2, "number of rows");
        int d = x[0].length;
        Check.atLeast(count, 1, "count");
        if (count > d) {
            throw new IllegalArgumentException(
                    "count must be at most the number of columns, was " + count + " of " + d);
        }
        double[] mean = new double[d];
        for (int i = 0; i < x.length; i++) {
            Check.sameLength(x[i].length, "x[" + i + "]", d, "x[0]");
            Check.allFinite(x[i], "x[" + i + "]");
            for (int j = 0; j < d; j++) {
                mean[j] += x[i][j] / x.length;
            }
        }
        var eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance(x, mean), false));
        double[] values = eigen.getRealEigenvalues();
        int[] order = IntStream.range(0, d)
                .boxed()
                .sorted(Comparator.comparingDouble(r -> -values[r]))
                .limit(count)
                .mapToInt(r -> r)
                .toArray();
        double[][] directions = Arrays.stream(order)
                .mapToObj(r -> turned(eigen.getEigenvector(r).toArray()))
                .toArray(double[][]::new);
        double[] variances =
                Arrays.stream(order).mapToDouble(r -> Math.max(0, values[r])).toArray();
        return new PrincipalComponents(mean, directions, variances);
    }

    private static double[][] covariance(double[][] x, double[] mean) {
        var s = new double[mean.length][mean.length];
        for (double[] row : x) {
            for (int a = 0; a < mean.length; a++) {
                double gap = (row[a] - mean[a]) / x.length;
                for (int b = 0; b < mean.length; b++) {
                    s[a][b] += gap * (row[b] - mean[b]);
                }
            }
        }
        return s;
    }

    private static double[] turned(double[] direction) {
        double most = 0;
        for (double v : direction) {
            most = Math.abs(v) > Math.abs(most) ? v : most;
        }
        double sign = most < 0 ? -1 : 1;
        return Arrays.stream(direction).map(v -> sign * v).toArray();
    }

    /** The variance along each direction, over n, [count], falling; a copy. */
    public double[] variances() {
        return variances.clone();
    }

    /** The directions, orthogonal and of length 1, [count][d]; a copy. */
    public double[][] directions() {
        return Arrays.stream(directions).map(double[]::clone).toArray(double[][]::new);
    }

    /** Coordinates of rows [n][d] along the directions, from the mean of the fitted rows: [n][count]. */
    public double[][] transform(double[][] x) {
        var out = new double[x.length][directions.length];
        for (int i = 0; i < x.length; i++) {
            Check.sameLength(x[i].length, "x[" + i + "]", mean.length, "a fitted row");
            for (int r = 0; r < directions.length; r++) {
                for (int j = 0; j < mean.length; j++) {
                    out[i][r] += directions[r][j] * (x[i][j] - mean[j]);
                }
            }
        }
        return out;
    }
}
