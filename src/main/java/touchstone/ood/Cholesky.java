package touchstone.ood;

/** The lower triangular L with {@code L L^T} = a covariance: distances without an inverse. */
final class Cholesky {
    private Cholesky() {}

    /** The factor of a symmetric positive definite matrix, of which the lower triangle is read. */
    static double[][] factor(double[][] s) {
        int d = s.length;
        var l = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double v = s[a][b];
                for (int j = 0; j < b; j++) {
                    v -= l[a][j] * l[b][j];
                }
                if (a == b && !(v > 0)) {
                    throw new IllegalArgumentException(
                            "ridge must be large enough for covariances to be positive definite,"
                                    + " the pivot of column " + a + " was " + v);
                }
                l[a][b] = a == b ? Math.sqrt(v) : v / l[b][b];
            }
        }
        return l;
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
