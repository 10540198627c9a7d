package touchstone.unlearn.linear;

import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import touchstone.util.Check;

/** What ridge and logistic regression share: checks, rows that stay, and the solution of a positive definite system. */
final class Newton {
    private Newton() {}

    static double[] solve(double[][] positiveDefinite, double[] right) {
        return new CholeskyDecomposition(new Array2DRowRealMatrix(positiveDefinite, false), 1e-9, 0)
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    static double[] minus(double[] a, double[] b) {
        var out = a.clone();
        for (int j = 0; j < out.length; j++) {
            out[j] -= b[j];
        }
        return out;
    }

    /** {@code diagonal I}, [d, d]. */
    static double[][] diagonal(int d, double value) {
        var h = new double[d][d];
        for (int j = 0; j < d; j++) {
            h[j][j] = value;
        }
        return h;
    }

    /** Adds {@code weight x x^T} to h. */
    static void addOuter(double[][] h, double[] x, double weight) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                h[i][j] += weight * x[i] * x[j];
            }
        }
    }

    /** Copies rows of one width. */
    static double[][] rows(double[][] x, int labels) {
        Check.nonEmpty(x.length, "x");
        Check.sameLength(x.length, "x", labels, "y");
        var copy = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            Check.sameLength(x[i].length, "x[" + i + "]", x[0].length, "x[0]");
            Check.allFinite(x[i], "x[" + i + "]");
            copy[i] = x[i].clone();
        }
        return copy;
    }

    /** The rows that are left when some are forgotten, rising. */
    static int[] kept(int n, int[] forget) {
        Check.nonEmpty(forget.length, "forget");
        var gone = new boolean[n];
        for (int i = 0; i < forget.length; i++) {
            Check.index(forget[i], n, "forget[" + i + "]");
            if (gone[forget[i]]) {
                throw new IllegalArgumentException("forget must name a row once, had " + forget[i] + " twice");
            }
            gone[forget[i]] = true;
        }
        if (forget.length == n) {
            throw new IllegalArgumentException("forget must leave rows to learn from, named all " + n);
        }
        return IntStream.range(0, n).filter(i -> !gone[i]).toArray();
    }
}
