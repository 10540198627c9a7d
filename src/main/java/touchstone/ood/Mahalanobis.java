package touchstone.ood;

import java.util.Set;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;
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
public record Mahalanobis(double ridge, boolean normalise) implements Detector {
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
    public Scorer learn(Batch train) {
        double[][] x = Batches.prepared(train, normalise);
        int[] labels = train.labels();
        int classes = Batches.classes(x, labels);
        int[] counts = ScatterMatrix.counts(labels, classes);
        double[][] means = ScatterMatrix.means(x, labels, classes);
        Algebra.Product whitening =
                Batches.ALGEBRA.times(ScatterMatrix.whitening(ScatterMatrix.pooled(x, labels, means, ridge)));
        double[][] there = IntStream.range(0, classes)
                .filter(k -> counts[k] > 0)
                .mapToObj(k -> means[k])
                .toArray(double[][]::new);
        double[][] centres = whitening.of(there);
        return batch -> ScatterMatrix.nearest(whitening, centres, Batches.prepared(batch, normalise));
    }
}
