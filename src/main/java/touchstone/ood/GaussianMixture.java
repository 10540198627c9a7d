package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A mixture of k Gaussians in d dimensions, with density {@code sum_k w_k N(x; m_k, S_k)}; and expectation maximisation from
 * a start. Immutable.
 *
 * <p>A step follows the paper; as in scikit-learn a ridge is added to the diagonals, and a component that no row belongs to
 * keeps a spread.
 */
@Reference("dempster1977maximum")
public final class GaussianMixture {
    private static final int SMALL = 64; // columns up to which loops are faster than a product of matrices
    private static final double EMPTY = 10 * Math.ulp(1.0);

    private final double[] weights;
    private final double[][] means;
    private final double[][][] covariances;
    private final double[][][] factors;
    private final double[] logScales;

    private GaussianMixture(double[] weights, double[][] means, double[][][] covariances) {
        this.weights = weights;
        this.means = means;
        this.covariances = covariances;
        factors = new double[means.length][][];
        for (int k = 0; k < factors.length; k++) {
            boolean shared = k > 0 && covariances[k] == covariances[0];
            factors[k] = shared ? factors[0] : Cholesky.factor(covariances[k]);
        }
        logScales = Vectors.each(means.length, this::logScale);
    }

    /**
     * A mixture of given parameters.
     *
     * @param weights [k], above 0, adding to 1 within 1e-6; copied
     * @param means [k][d]; copied
     * @param covariances [k][d][d], symmetric positive definite, of which the lower triangle is read; copied
     */
    public static GaussianMixture of(double[] weights, double[][] means, double[][][] covariances) {
        Check.nonEmpty(weights.length, "weights");
        Check.sameLength(weights.length, "weights", means.length, "means");
        Check.sameLength(weights.length, "weights", covariances.length, "covariances");
        for (int k = 0; k < weights.length; k++) {
            Check.positive(weights[k], "weights[" + k + "]");
            Check.allFinite(means[k], "means[" + k + "]");
            Check.sameLength(means[k].length, "means[" + k + "]", means[0].length, "means[0]");
            Check.sameLength(covariances[k].length, "covariances[" + k + "]", means[0].length, "means[0]");
        }
        if (!(Math.abs(Vectors.sum(weights) - 1) <= 1e-6)) {
            throw new IllegalArgumentException("weights must add to 1, added to " + Vectors.sum(weights));
        }
        return new GaussianMixture(
                weights.clone(),
                copy(means),
                Arrays.stream(covariances).map(GaussianMixture::copy).toArray(double[][][]::new));
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /** The number of components, k. */
    public int components() {
        return weights.length;
    }

    /** The log density of a row [d], in nats; minus infinity where it underflows. */
    public double logDensity(double[] x) {
        return Vectors.logSumExp(logTerms(x));
    }

    /** The least squared Mahalanobis distance of a row [d] to a component, 0 or more. */
    public double nearest(double[] x) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < means.length; k++) {
            least = Math.min(least, distance(k, x));
        }
        return least;
    }

    /** The weights, [k]; a copy. */
    public double[] weights() {
        return weights.clone();
    }

    /** The mean of a component, [d]; a copy. */
    public double[] mean(int k) {
        return means[k].clone();
    }

    /** The covariance of a component, [d][d]; a copy. */
    public double[][] covariance(int k) {
        return copy(covariances[k]);
    }

    private double[] logTerms(double[] x) {
        return IntStream.range(0, means.length)
                .mapToDouble(k -> logScales[k] - 0.5 * distance(k, x))
                .toArray();
    }

    /** {@code log w_k - 1/2 log det(2 pi S_k)}. */
    private double logScale(int k) {
        double sum = Math.log(weights[k]) - 0.5 * means[k].length * Math.log(2 * Math.PI);
        for (int j = 0; j < means[k].length; j++) {
            sum -= Math.log(factors[k][j][j]);
        }
        return sum;
    }

    private double distance(int k, double[] x) {
        return Cholesky.squared(factors[k], Vectors.minus(x, means[k]));
    }

    /**
     * One step of expectation maximisation.
     *
     * @param x rows, [n][d], n of 1 or more; not modified
     * @param ridge added to the diagonals of the covariances (over n), in squared feature units, 0 or more
     * @param kind what the new covariances may be
     */
    public GaussianMixture step(double[][] x, double ridge, Covariance kind) {
        Check.nonEmpty(x.length, "x");
        Check.notNegative(ridge, "ridge");
        double[][] shares = IntStream.range(0, x.length)
                .parallel()
                .mapToObj(i -> Vectors.softmax(logTerms(x[i]), 1))
                .toArray(double[][]::new);
        return of(x, shares, ridge, kind);
    }

    /** The mixture that fits rows best when component k owns the share {@code shares[i][k]} of row i; rows add to 1. */
    static GaussianMixture of(double[][] x, double[][] shares, double ridge, Covariance kind) {
        var totals = new double[shares[0].length];
        var m = new double[totals.length][];
        var s = new double[totals.length][][];
        for (int k = 0; k < totals.length; k++) {
            int c = k;
            double[] share = Arrays.stream(shares).mapToDouble(r -> r[c]).toArray();
            totals[k] = Vectors.sum(share) + EMPTY;
            m[k] = weightedMean(x, share, totals[k]);
            s[k] = weightedCovariance(x, share, totals[k], m[k]);
        }
        double all = Vectors.sum(totals);
        if (kind == Covariance.TIED) {
            Arrays.fill(s, pooled(s, totals, all));
        }
        (kind == Covariance.TIED ? Arrays.stream(s).limit(1) : Arrays.stream(s))
                .forEach(c -> regularise(c, ridge, kind));
        return new GaussianMixture(Arrays.stream(totals).map(v -> v / all).toArray(), m, s);
    }

    private static double[] weightedMean(double[][] x, double[] share, double total) {
        var mean = new double[x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += share[i] * x[i][j] / total;
            }
        }
        return mean;
    }

    private static double[][] weightedCovariance(double[][] x, double[] share, double total, double[] mean) {
        if (mean.length > SMALL) {
            double[][] scaled = IntStream.range(0, x.length)
                    .mapToObj(i -> scaled(Vectors.minus(x[i], mean), Math.sqrt(share[i] * x.length / total)))
                    .toArray(double[][]::new);
            return ScatterMatrix.secondMoments(scaled, 0);
        }
        var s = new double[mean.length][mean.length];
        for (int i = 0; i < x.length; i++) {
            double[] gap = Vectors.minus(x[i], mean);
            for (int a = 0; a < gap.length && share[i] > 0; a++) {
                double v = share[i] / total * gap[a];
                for (int b = 0; b <= a; b++) {
                    s[a][b] += v * gap[b];
                }
            }
        }
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < a; b++) {
                s[b][a] = s[a][b];
            }
        }
        return s;
    }

    private static double[] scaled(double[] row, double factor) {
        for (int j = 0; j < row.length; j++) {
            row[j] *= factor;
        }
        return row;
    }

    private static double[][] pooled(double[][][] s, double[] totals, double all) {
        var out = new double[s[0].length][s[0].length];
        for (int k = 0; k < s.length; k++) {
            for (int a = 0; a < out.length; a++) {
                for (int b = 0; b < out.length; b++) {
                    out[a][b] += totals[k] / all * s[k][a][b];
                }
            }
        }
        return out;
    }

    static void regularise(double[][] s, double ridge, Covariance kind) {
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                s[a][b] = a == b ? s[a][b] + ridge : kind == Covariance.DIAG ? 0 : s[a][b];
            }
        }
    }
}
