package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dstedc;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsytrd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.nn.Algebra;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Eigenvectors of a symmetric matrix: LAPACK makes it tridiagonal and solves that; the way back is ours. OpenBLAS 0.3.19, which comes
 * with ND4J M2.1, multiplies by and solves with triangular matrices wrongly on processors with AVX-512 (dtrmm, dtrsm, and with them
 * dpotrf, dsyev, dsyevd, gesvd); what is used here does neither. The result is checked all the same.
 */
final class SymmetricEigen {
    private static final int ALONE = 64; // columns up to which OpenBLAS uses one thread by itself
    private static final double WRONG = 1e-9; // relative; rounding gives some d ulps

    private final Threads threads;
    private final double[][] s;
    private final int d;
    private final double[] a;
    private final double[] tau;

    private SymmetricEigen(Threads threads, double[][] s) {
        this.threads = threads;
        this.s = s;
        d = s.length;
        a = new double[d * d];
        tau = new double[Math.max(1, d - 1)];
        for (int i = 0; i < d; i++) {
            Check.sameLength(d, "rows of s", s[i].length, "row " + i + " of s");
            Check.allFinite(s[i], "s[" + i + "]");
            for (int j = 0; j <= i; j++) {
                a[j * d + i] = s[i][j];
            }
        }
    }

    static Algebra.Eigen of(Threads threads, double[][] s) {
        return new SymmetricEigen(threads, s).solve();
    }

    private Algebra.Eigen solve() {
        var values = new double[d];
        var between = new double[Math.max(1, d - 1)];
        var z = new double[d * d];
        Runnable lapack = () -> {
            found(LAPACKE_dsytrd(LAPACK_COL_MAJOR, (byte) 'L', d, a, d, values, between, tau), "dsytrd");
            found(LAPACKE_dstedc(LAPACK_COL_MAJOR, (byte) 'I', d, values, between, z, d), "dstedc");
        };
        if (d <= ALONE) {
            lapack.run();
        } else {
            OneThread.run(lapack);
        }
        var vectors = new double[d][];
        threads.share(d, 2L * d * d * d, (from, to) -> {
            for (int r = from; r < to; r++) {
                vectors[r] = back(Arrays.copyOfRange(z, r * d, (r + 1) * d));
            }
        });
        return checked(new Algebra.Eigen(values, vectors));
    }

    private void found(int info, String routine) {
        if (info != 0) {
            throw new ArithmeticException("the eigenvalues of s, [" + d + ", " + d + "], were not found: LAPACK's "
                    + routine + " gave " + info);
        }
    }

    /** {@code H_0 H_1 ... H_{d-2} x}, where {@code H_i = I - tau_i v v^T} and v is 0 up to i, 1 at i + 1, then column i of a. */
    private double[] back(double[] x) {
        for (int i = d - 2; i >= 0; i--) {
            double sum = x[i + 1];
            int column = i * d;
            for (int j = i + 2; j < d; j++) {
                sum += a[column + j] * x[j];
            }
            double factor = tau[i] * sum;
            x[i + 1] -= factor;
            for (int j = i + 2; j < d; j++) {
                x[j] -= factor * a[column + j];
            }
        }
        return x;
    }

    /** Demands that the parts give back the matrix: {@code S p = sum_r value_r (v_r p) v_r} for a vector p without structure. */
    private Algebra.Eigen checked(Algebra.Eigen eigen) {
        RandomGenerator rng = Seeds.rng(1, "eigen");
        double[] p = rng.doubles(d, -1, 1).toArray();
        var rebuilt = new double[d];
        double size = 0;
        for (int r = 0; r < d; r++) {
            double[] v = eigen.vectors()[r];
            double share = eigen.values()[r] * dot(v, p, d);
            size = Math.max(size, Math.abs(eigen.values()[r]));
            for (int i = 0; i < d; i++) {
                rebuilt[i] += share * v[i];
            }
        }
        for (int i = 0; i < d; i++) {
            double direct = dot(s[i], p, i + 1);
            for (int j = i + 1; j < d; j++) {
                direct += s[j][i] * p[j];
            }
            if (!(Math.abs(direct - rebuilt[i]) <= WRONG * d * size)) {
                throw new ArithmeticException("the eigenvectors of s, [" + d + ", " + d
                        + "], do not give s back: the LAPACK of this machine computes wrongly; OPENBLAS_CORETYPE=Haswell in"
                        + " the environment may mend it");
            }
        }
        return eigen;
    }

    private static double dot(double[] x, double[] y, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += x[j] * y[j];
        }
        return sum;
    }
}
