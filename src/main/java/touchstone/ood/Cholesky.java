package touchstone.ood;

/** The lower triangular L with {@code L L^T} = a covariance: distances without an inverse. */
final class Cholesky {
    private Cholesky() {}

    /** The factor of a symmetric positive definite matrix, of which the lower triangle is read. */
    static double[][] factor(double[][] s) {
        var l = new double[s.length][s.length];
        int bad = factor(s, l);
        if (bad >= 0) {
            throw new IllegalArgumentException("ridge must be large enough for covariances to be positive definite,"
                    + " the pivot of column " + bad + " was " + l[bad][bad]);
        }
        return l;
    }

    /** Writes the factor to l; returns the first column whose pivot, left in its place, is not above 0, or -1. */
    private static int factor(double[][] s, double[][] l) {
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b <= a; b++) {
                double v = s[a][b];
                for (int j = 0; j < b; j++) {
                    v -= l[a][j] * l[b][j];
                }
                l[a][b] = a == b ? v : v / l[b][b];
            }
            if (!(l[a][a] > 0)) {
                return a;
            }
            l[a][a] = Math.sqrt(l[a][a]);
        }
        return -1;
    }

    /** The inverse of the factor, lower triangular; without rows where the matrix is not positive definite. */
    static double[][] inverseFactor(double[][] s) {
        int d = s.length;
        var l = new double[d][d];
        if (factor(s, l) >= 0) {
            return new double[0][];
        }
        var inverse = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int k = 0; k < a; k++) {
                double factor = l[a][k];
                for (int j = 0; j <= k; j++) {
                    inverse[a][j] -= factor * inverse[k][j];
                }
            }
            inverse[a][a] = 1;
            for (int j = 0; j <= a; j++) {
                inverse[a][j] /= l[a][a];
            }
        }
        return inverse;
    }

    /** {@code |L^-1 gap|^2}, the squared Mahalanobis distance. */
    static double squared(double[][] l, double[] gap) {
        var y = new double[gap.length];
        double sum = 0;
        for (int a = 0; a < y.length; a++) {
            double v = gap[a];
            for (int b = 0; b < a; b++) {
                v -= l[a][b] * y[b];
            }
            y[a] = v / l[a][a];
            sum += y[a] * y[a];
        }
        return sum;
    }
}
