package touchstone.ood;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;

/**
 * Squared Mahalanobis distance to the nearest of several centres under one covariance. The share of feature j is
 * {@code (f - mu)_j (S^-1 (f - mu))_j}.
 *
 * @param prepare makes rows of a batch
 * @param whitening of the covariance
 * @param map by the whitening
 * @param means of the classes that have rows, [c][d]
 * @param centres the whitened means
 * @param classes label of each mean, [c]; -1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GaussianScorer(
        Function<Batch, double[][]> prepare,
        double[][] whitening,
        Algebra.Product map,
        double[][] means,
        double[][] centres,
        int[] classes)
        implements ExplainingScorer {
    static GaussianScorer of(
            Function<Batch, double[][]> prepare, double[][] covariance, double[][] means, int... classes) {
        double[][] w = ScatterMatrix.whitening(covariance);
        Algebra.Product map = Batches.algebra().times(w);
        return new GaussianScorer(prepare, w, map, means, map.of(means), classes);
    }

    @Override
    public double[] score(Batch batch) {
        return ScatterMatrix.nearest(map, centres, prepare.apply(batch));
    }

    @Override
    public List<Explanation> explain(Batch batch) {
        double[][] rows = prepare.apply(batch);
        return IntStream.range(0, rows.length).mapToObj(i -> explain(rows[i])).toList();
    }

    private Explanation explain(double[] f) {
        double[] z = ScatterMatrix.apply(whitening, f);
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < centres.length; k++) {
            double[] apart = Vectors.minus(z, centres[k]);
            double distance = Vectors.dot(apart, apart);
            nearest = distance < least ? k : nearest;
            least = Math.min(least, distance);
        }
        double[] gap = Vectors.minus(f, means[nearest]);
        double[] whitened = Vectors.minus(z, centres[nearest]);
        var shares = new double[f.length];
        for (int r = 0; r < whitened.length; r++) {
            for (int j = 0; j < shares.length; j++) {
                shares[j] += gap[j] * whitening[r][j] * whitened[r];
            }
        }
        return new Explanation(least, shares, classes[nearest], List.of());
    }
}
