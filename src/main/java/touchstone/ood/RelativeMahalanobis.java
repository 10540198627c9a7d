package touchstone.ood;

import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The Mahalanobis distance to the nearest class less that to all training features as one Gaussian,
 * {@code min_k d_k(f) - (f - mu)^T S_0^-1 (f - mu)} with S_0 the covariance of all rows (over N) plus the ridge; any real
 * value, no unit.
 *
 * <p>Follows the paper. Singular covariances as in {@link Mahalanobis}; normalised features are the relative form of
 * Mahalanobis++.
 *
 * @param ridge added to the diagonals of both covariances, in squared feature units, 0 or more
 * @param normalise whether to divide each feature vector by its Euclidean length first
 */
@Reference({"ren2021simple", "mueller2025mahalanobis"})
public record RelativeMahalanobis(double ridge, boolean normalise) implements Detector {
    public RelativeMahalanobis {
        Check.notNegative(ridge, "ridge");
    }

    /** No ridge, raw features. */
    public static RelativeMahalanobis defaults() {
        return new RelativeMahalanobis(0, false);
    }

    public RelativeMahalanobis withNormalise(boolean on) {
        return new RelativeMahalanobis(ridge, on);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.LABELS);
    }

    @Override
    public Scorer learn(Batch train) {
        var near = new Mahalanobis(ridge, normalise);
        Scorer classes = near.learn(train);
        Scorer background = near.learn(train.withLabels(new int[train.size()]));
        return batch -> {
            double[] scores = classes.score(batch);
            double[] all = background.score(batch);
            return Vectors.each(scores.length, i -> scores[i] - all[i]);
        };
    }
}
