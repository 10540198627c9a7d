package touchstone.ood;

import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Euclidean distance to the k-th nearest training feature, in [0, 2] with normalised features (each divided by its length),
 * else in feature units. Labels are not used. A scored row that is itself a training row finds itself at distance 0.
 *
 * <p>An explanation numbers the training rows as the batch did, or in a streaming fit in the order in which they were added.
 *
 * <p>Follows the paper, which normalises and takes k = 50 on CIFAR-10. Exact search, in O(n d) a row.
 *
 * @param k which neighbour, 1 or more, at most the number of training rows
 * @param normalise whether to divide each feature vector by its Euclidean length first
 */
@Reference("sun2022knn")
public record Knn(int k, boolean normalise) implements ExplainingDetector, StreamingDetector {
    public Knn {
        Check.atLeast(k, 1, "k");
    }

    /** k = 50, normalised. */
    public static Knn defaults() {
        return new Knn(50, true);
    }

    public Knn withK(int neighbour) {
        return new Knn(neighbour, normalise);
    }

    public Knn withNormalise(boolean on) {
        return new Knn(k, on);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES);
    }

    @Override
    public ExplainingScorer learn(Batch train) {
        return new KnnScorer(this, Batches.prepared(train, normalise), train.labels());
    }

    @Override
    public StreamingFit stream() {
        return ExactFit.of(this, shape -> new RowBank(this));
    }
}
