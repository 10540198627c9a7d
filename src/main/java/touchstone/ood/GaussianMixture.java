package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;

/** A mixture of Gaussians of full covariance, kept as Cholesky factors; and expectation maximisation from a start. */
final class GaussianMixture {
    private final double[] weights;
    private final double[][] means;
    private final double[][][] covariances;
    private final double[][][] factors;

    private GaussianMixture(double[] weights, double[][] means, double[][][] covariances) {
        this.weights = weights;
        this.means = means;
        this.covariances = covariances;
        factors = Arrays.stream(covariances).map(GaussianMixture::cholesky).toArray(double[][][]::new);
    }

    /** Weights [k] that add to 1, means [k][d], covariances [k][d][d], positive definite; not copied. */
    static GaussianMixture of(double[] weights, double[][] means, double[][][] covariances) {
        Check.sameLength(weights.length, "weights", means.length, "means");
        Check.sameLength(weights.length, "weights", covariances.length, "covariances");
        return new GaussianMixture(weights, means, covariances);
    }

    /** The log density of a row, in nats. */
    double logDensity(double[] x) {
        return Vectors.logSumExp(logTerms(x));
    }

    /** The least squared Mahalanobis distance of a row to a component. */
    double nearest(double[] x) {
        return IntStream.range(0, means.length)
                .mapToDouble(k -> distance(k, x))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    double[] weights() {
        return weights.clone();
    }

    double[] mean(int k) {
        return means[k].clone();
    }

    double[][] covariance(int k) {
        return Arrays.stream(covariances[k]).map(double[]::clone).toArray(double[][]::new);
    }

    private double[] logTerms(double[] x) {
        var terms = new double[means.length];
        for (int k = 0; k < terms.length; k++) {
            double logDeterminant = 0;
            for (int j = 0; j < x.length; j++) {
                logDeterminant += 2 * Math.log(factors[k][j][j]);
            }
            terms[k] =
                    Math.log(weights[k]) - 0.5 * (x.length * Math.log(2 * Math.PI) + logDeterminant + distance(k, x));
        }
        return terms;
    }

    private double distance(int k, double[] x) {
        double[][] l = factors[k];
        var y = new double[x.length];
        double sum = 0;
        for (int a = 0; a < y.length; a++) {
            double v = x[a] - means[k][a];
            for (int b = 0; b < a; b++) {
                v -= l[a][b] * y[b];
            }
            y[a] = v / l[a][a];
            sum += y[a] * y[a];
        }
        return sum;
    }

    /** One step of expectation maximisation; {@code ridge} is added to the diagonals; {@code diagonal} drops the rest. */
    GaussianMixture step(double[][] x, double ridge, boolean diagonal) {
        double[][] shares = IntStream.range(0, x.length)
                .parallel()
                .mapToObj(i -> Vectors.softmax(logTerms(x[i]), 1))
                .toArray(double[][]::new);
        var w = new double[weights.length];
        var m = new double[weights.length][];
        var s = new double[weights.length][][];
        for (int k = 0; k < w.length; k++) {
            int c = k;
            double[] share = Arrays.stream(shares).mapToDouble(r -> r[c]).toArray();
            double total =
                    Vectors.sum(share) + 10 * Math.ulp(1.0); // an empty component keeps a spread, as scikit-learn's
            w[k] = total / x.length;
            m[k] = weightedMean(x, share, total);
            s[k] = weightedCovariance(x, share, total, m[k]);
            regularise(s[k], ridge, diagonal);
        }
        double sum = Vectors.sum(w);
        return of(Arrays.stream(w).map(v -> v / sum).toArray(), m, s);
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
        double[][] scaled = IntStream.range(0, x.length)
                .mapToObj(i -> {
                    double root = Math.sqrt(share[i] * x.length / total);
                    return Arrays.stream(Vectors.minus(x[i], mean))
                            .map(v -> v * root)
                            .toArray();
                })
                .toArray(double[][]::new);
        return ScatterMatrix.secondMoments(scaled, 0);
    }

    static void regularise(double[][] s, double ridge, boolean diagonal) {
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                s[a][b] = a == b ? s[a][b] + ridge : diagonal ? 0 : s[a][b];
            }
        }
    }

    private static double[][] cholesky(double[][] s) {
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
}
