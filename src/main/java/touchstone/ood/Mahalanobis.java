package touchstone.ood;

import java.util.Set;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Squared Mahalanobis distance to the nearest class mean, {@code min_k (f - mu_k)^T S^-1 (f - mu_k)}, with one covariance
 * for all classes, {@code S = 1/N sum_k sum_(i in k) (f_i - mu_k)(f_i - mu_k)^T + ridge I}; 0 or more, no unit.
 *
 * <p>Differs from the paper: one layer, no input perturbation. When S is singular and the ridge 0, its pseudo-inverse is
 * used (eigenvalues below 1e-12 of the largest are left out): directions in which the training features do not vary
 * then do not count. A ridge makes them count. A class of one row has its row as mean and adds nothing to S. Normalised
 * features are Mahalanobis++.
 *
 * @param ridge added to the diagonal of S, in squared feature units, 0 or more
 * @param normalise whether to divide each feature vector by its Euclidean length first
 */
@Reference({"lee2018simple", "mueller2025mahalanobis"})
public record Mahalanobis(double ridge, boolean normalise) implements ExplainingDetector, StreamingDetector {
    public Mahalanobis {
        Check.notNegative(ridge, "ridge");
    }

    /** Raw features, with a ridge. */
    public Mahalanobis(double ridge) {
        this(ridge, false);
    }

    /** No ridge, raw features. */
    public static Mahalanobis defaults() {
        return new Mahalanobis(0, false);
    }

    public Mahalanobis withRidge(double r) {
        return new Mahalanobis(r, normalise);
    }

    public Mahalanobis withNormalise(boolean on) {
        return new Mahalanobis(ridge, on);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.LABELS);
    }

    @Override
    public ExplainingScorer learn(Batch train) {
        double[][] x = Batches.prepared(train, normalise);
        int[] labels = train.labels();
        int classes = Batches.classes(x, labels);
        int[] counts = ScatterMatrix.counts(labels, classes);
        int[] present = IntStream.range(0, classes).filter(k -> counts[k] > 0).toArray();
        double[][] means = ScatterMatrix.means(x, labels, classes);
        double[][] covariance = ScatterMatrix.pooled(x, labels, means, ridge);
        return scorer(covariance, IntStream.of(present).mapToObj(k -> means[k]).toArray(double[][]::new), present);
    }

    private GaussianScorer scorer(double[][] covariance, double[][] means, int... classes) {
        return GaussianScorer.of(rows -> Batches.prepared(rows, normalise), covariance, means, classes);
    }

    /** The score of the nearest class from sums. */
    GaussianScorer nearest(ExactMoments moments) {
        int[] present = moments.present();
        return scorer(moments.within(ridge), moments.means(present), present);
    }

    /** The distance to all rows as one Gaussian from sums. */
    GaussianScorer background(ExactMoments moments) {
        return scorer(moments.overall(ridge), new double[][] {moments.mean()}, -1);
    }

    @Override
    public StreamingFit stream() {
        return ExactFit.of(this, shape -> ClassSums.gaussian(shape, normalise, this::nearest));
    }
}
