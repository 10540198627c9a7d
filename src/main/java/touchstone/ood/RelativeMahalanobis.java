package touchstone.ood;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
public record RelativeMahalanobis(double ridge, boolean normalise) implements ExplainingDetector, StreamingDetector {
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
    public ExplainingScorer learn(Batch train) {
        var near = new Mahalanobis(ridge, normalise);
        Batch together = train.withLabels(new int[train.size()]);
        return new Difference(near.learn(train), near.learn(together));
    }

    @Override
    public StreamingFit stream() {
        var near = new Mahalanobis(ridge, normalise);
        return ExactFit.of(
                this,
                shape ->
                        ClassSums.gaussian(shape, normalise, m -> new Difference(near.nearest(m), near.background(m))));
    }

    /** The score of one less that of another; so are the shares. */
    private record Difference(ExplainingScorer classes, ExplainingScorer background) implements ExplainingScorer {
        @Override
        public double[] score(Batch batch) {
            return Vectors.minus(classes.score(batch), background.score(batch));
        }

        @Override
        public List<Explanation> explain(Batch batch) {
            List<Explanation> near = classes.explain(batch);
            List<Explanation> all = background.explain(batch);
            return IntStream.range(0, near.size())
                    .mapToObj(i -> less(near.get(i), all.get(i)))
                    .toList();
        }

        private static Explanation less(Explanation near, Explanation all) {
            return new Explanation(
                    near.score() - all.score(),
                    Vectors.minus(near.shares(), all.shares()),
                    near.nearestClass(),
                    List.of());
        }
    }
}
