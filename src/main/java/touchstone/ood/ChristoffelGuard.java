package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The inverse Christoffel function of the features, {@code v(x)^T M^-1 v(x)} with all monomials v up to a degree and their
 * moment matrix {@code M = 1/n sum_i v(x_i) v(x_i)^T}; 1 or more, no unit, on average over the training rows the number of
 * monomials (where M is regular). It is a polynomial of twice the degree; its sublevel sets follow the shape of the data, holes
 * included. A threshold of {@code ood.threshold} on rows of their own makes one of them a guardian that holds a further
 * in-distribution example with a chance of at least 1 - rate.
 *
 * <p>Differs from the guarded reinforcement learning paper, whose guardian is a polynomial sublevel set (by a secondary
 * source, sciencestack.ai on arXiv 2505.16242): the polynomial is the Christoffel one, and the threshold is conformal. The
 * score does not depend on the basis of the monomials; for the sake of rounding the features are whitened first (directions
 * with a variance below 1e-12 of the largest are left out and do not count) and the basis is that of Hermite polynomials,
 * orthonormal for normal data. {@code cut} times the mean of M's diagonal is added to the diagonal, so that data on an algebraic
 * surface give finite scores, large off the surface; M is factored by Cholesky and never inverted.
 *
 * @param degree of the monomials, 1 or more; 1 gives the squared Mahalanobis distance to the mean, plus 1
 * @param cut added to the diagonal of M, relative to its mean, in (0, 1)
 */
@Reference({"lasserre2019empirical", "yan2025offline"})
public record ChristoffelGuard(int degree, double cut) implements Detector {
    private static final int MOST = 600; // an eigenvalue problem of seconds

    public ChristoffelGuard {
        Check.atLeast(degree, 1, "degree");
        Check.insideUnit(cut, "cut");
    }

    /** Of a degree, with a cut of 1e-12. */
    public static ChristoffelGuard ofDegree(int degree) {
        return new ChristoffelGuard(degree, 1e-12);
    }

    /** Degree 2. */
    public static ChristoffelGuard defaults() {
        return ofDegree(2);
    }

    public ChristoffelGuard withDegree(int d) {
        return new ChristoffelGuard(d, cut);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES);
    }

    @Override
    public Scorer learn(Batch train) {
        double[][] x = train.featureRows();
        double[] mean = Vectors.mean(x);
        double[][] centred =
                Arrays.stream(x).map(row -> Vectors.minus(row, mean)).toArray(double[][]::new);
        double[][] whitening = ScatterMatrix.whitening(ScatterMatrix.secondMoments(centred, 0));
        var monomials = HermiteBasis.of(whitening.length, degree, Math.min(MOST, x.length), x.length);
        double[][] v = Arrays.stream(centred)
                .parallel()
                .map(row -> monomials.at(ScatterMatrix.apply(whitening, row)))
                .toArray(double[][]::new);
        double[][] root = root(ScatterMatrix.secondMoments(v, 0));
        return batch -> {
            double[][] rows = batch.featureRows();
            return Vectors.each(rows.length, i -> {
                double[] z = ScatterMatrix.apply(whitening, Vectors.minus(rows[i], mean));
                double[] u = solved(root, monomials.at(z));
                return Vectors.dot(u, u);
            });
        };
    }

    /** The lower triangle L with {@code L L^T = M + cut mean(diag M) I}. */
    private double[][] root(double[][] moments) {
        double trace = 0;
        for (int k = 0; k < moments.length; k++) {
            trace += moments[k][k];
        }
        for (int k = 0; k < moments.length; k++) {
            moments[k][k] += cut * trace / moments.length;
        }
        return new CholeskyDecomposition(new Array2DRowRealMatrix(moments, false), 1e-15, 0)
                .getL()
                .getData();
    }

    /** {@code L^-1 v}. */
    private static double[] solved(double[][] lower, double[] v) {
        var u = new double[v.length];
        for (int r = 0; r < u.length; r++) {
            double left = v[r];
            for (int c = 0; c < r; c++) {
                left -= lower[r][c] * u[c];
            }
            u[r] = left / lower[r][r];
        }
        return u;
    }
}
