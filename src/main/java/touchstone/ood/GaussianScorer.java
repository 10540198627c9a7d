package touchstone.ood;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Squared Mahalanobis distance to the nearest of several centres under one covariance. The share of feature j is
 * {@code (f - mu)_j (S^-1 (f - mu))_j}.
 *
 * @param prepare makes rows of a batch
 * @param whitening of the covariance
 * @param means of the classes that have rows, [c][d]
 * @param centres the whitened means
 * @param classes label of each mean, [c]; -1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GaussianScorer(
        Function<Batch, double[][]> prepare, double[][] whitening, double[][] means, double[][] centres, int[] classes)
        implements ExplainingScorer {
    static GaussianScorer of(
            Function<Batch, double[][]> prepare, double[][] covariance, double[][] means, int... classes) {
        double[][] w = ScatterMatrix.whitening(covariance);
        double[][] centres = new double[means.length][];
        for (int k = 0; k < means.length; k++) {
            centres[k] = ScatterMatrix.apply(w, means[k]);
        }
        return new GaussianScorer(prepare, w, means, centres, classes);
    }

    @Override
    public double[] score(Batch batch) {
        double[][] rows = prepare.apply(batch);
        return Vectors.each(rows.length, i -> ScatterMatrix.nearest(centres, ScatterMatrix.apply(whitening, rows[i])));
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
            double distance = ScatterMatrix.nearest(new double[][] {centres[k]}, z);
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
