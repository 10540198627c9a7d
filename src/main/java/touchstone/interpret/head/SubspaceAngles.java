package touchstone.interpret.head;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Angles between subspaces: arc cosines of the singular values of {@code Q_A^T Q_B} for orthonormal bases of the two. */
@Reference("zhou2025role")
public final class SubspaceAngles {
    private SubspaceAngles() {}

    /** Angle between the first left singular vectors of two matrices of n rows, in degrees, in [0, 90]. */
    public static double leading(double[][] a, double[][] b) {
        Check.sameLength(a.length, "rows of a", b.length, "rows of b");
        double[] u = first(a);
        double[] v = first(b);
        double cosine = 0;
        for (int i = 0; i < u.length; i++) {
            cosine += u[i] * v[i];
        }
        return Math.toDegrees(Math.acos(Math.min(1, Math.abs(cosine))));
    }

    /** The principal angles between the spaces of the columns of two matrices of n rows, in radians, rising, in [0, pi/2]. */
    public static double[] principal(double[][] a, double[][] b) {
        Check.sameLength(a.length, "rows of a", b.length, "rows of b");
        RealMatrix product = basis(a).transpose().multiply(basis(b));
        return Arrays.stream(new SingularValueDecomposition(product).getSingularValues())
                .map(s -> Math.acos(Math.min(1, s)))
                .sorted()
                .toArray();
    }

    /** Length of the shortest way between the spaces of the columns, the root of the sum of the squared principal angles. */
    public static double grassmann(double[][] a, double[][] b) {
        return Math.sqrt(Arrays.stream(principal(a, b)).map(t -> t * t).sum());
    }

    private static RealMatrix left(double[][] rows) {
        Check.nonEmpty(rows.length, "rows");
        RealMatrix x = new Array2DRowRealMatrix(rows, false);
        boolean wide = x.getRowDimension() < x.getColumnDimension(); // the decomposition wants tall ones
        var svd = new SingularValueDecomposition(wide ? x.transpose() : x);
        return wide ? svd.getV() : svd.getU();
    }

    private static double[] first(double[][] rows) {
        return left(rows).getColumn(0);
    }

    private static RealMatrix basis(double[][] rows) {
        int columns = rows[0].length;
        if (columns > rows.length) {
            throw new IllegalArgumentException(
                    "a basis needs at least as many rows as columns, had " + rows.length + " and " + columns);
        }
        return MatrixUtils.createRealMatrix(left(rows).getData());
    }
}
