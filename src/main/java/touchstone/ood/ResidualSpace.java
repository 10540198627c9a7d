package touchstone.ood;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import touchstone.nn.Algebra;
import touchstone.util.Check;

/** The directions of feature space that the training rows use least, seen from the origin that ViM defines. */
final class ResidualSpace {
    private final double[] origin;
    private final Algebra.Product directions;

    private ResidualSpace(double[] origin, double[][] directions) {
        this.origin = origin;
        this.directions = Batches.algebra().times(directions);
    }

    /** Demands options: {@code dim} of 0 or more, {@code rcond} in [0, 1]. */
    static void check(int dim, double rcond) {
        Check.atLeast(dim, 0, "dim");
        Check.probability(rcond, "rcond");
    }

    /**
     * The eigenvectors of {@code (X - u)^T (X - u)} after the first {@code dim}, with {@code u = -pinv(W) b}.
     *
     * @param dim 0 for half of the columns
     */
    static ResidualSpace fit(Batch train, int dim, double rcond) {
        double[][] x = train.featureRows();
        int d = x[0].length;
        int kept = dim == 0 ? d / 2 : dim;
        if (kept >= d) {
            throw new IllegalArgumentException(
                    "dim must be below the number of feature columns, " + d + ", was " + kept);
        }
        double[] u = origin(train.head(), rcond);
        Algebra.Eigen eigen = Batches.algebra().eigen(ScatterMatrix.about(u, x));
        return new ResidualSpace(u, Arrays.copyOf(eigen.vectors(), d - kept)); // values rise
    }

    /** {@code -pinv(W) b}: the point whose logits are as near 0 as can be; small singular values are left out. */
    private static double[] origin(LinearHead head, double rcond) {
        var weights = new double[head.classes()][];
        Arrays.setAll(weights, head::row);
        boolean wide = weights.length <= head.width();
        var matrix = new Array2DRowRealMatrix(weights);
        var svd = new SingularValueDecomposition(wide ? matrix.transpose() : matrix);
        double[][] left = (wide ? svd.getV() : svd.getU()).transpose().getData();
        double[][] right = (wide ? svd.getU() : svd.getV()).transpose().getData();
        double[] values = svd.getSingularValues();
        var u = new double[head.width()];
        for (int r = 0; r < values.length; r++) {
            if (values[r] > 0 && values[r] > rcond * values[0]) {
                double share = -Vectors.dot(left[r], head.biases()) / values[r];
                for (int j = 0; j < u.length; j++) {
                    u[j] += share * right[r][j];
                }
            }
        }
        return u;
    }

    /** The origin u, [d]; a copy. */
    double[] origin() {
        return origin.clone();
    }

    /** The length of the part of {@code f - u} that lies in these directions, of each row f. */
    double[] norms(double[][] features) {
        return Batches.inBlocks(features, block -> {
            double[][] centred =
                    Arrays.stream(block).map(row -> Vectors.minus(row, origin)).toArray(double[][]::new);
            double[][] z = directions.of(centred);
            return Vectors.each(z.length, i -> Vectors.norm(z[i]));
        });
    }
}
