package touchstone.ood;

import java.util.Set;
import touchstone.nn.Algebra;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Euclidean distance to the k-th nearest training feature, in [0, 2] with normalised features (each divided by its length),
 * else in feature units. Labels are not used. A scored row that is itself a training row finds itself at distance 0.
 *
 * <p>Follows the paper, which normalises and takes k = 50 on CIFAR-10. Exact search, in O(n d) a row.
 *
 * @param k which neighbour, 1 or more, at most the number of training rows
 * @param normalise whether to divide each feature vector by its Euclidean length first
 */
@Reference("sun2022knn")
public record Knn(int k, boolean normalise) implements Detector {
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
    public Scorer learn(Batch batch) {
        double[][] train = Batches.prepared(batch, normalise);
        if (k > train.length) {
            throw new IllegalArgumentException(
                    "k must be at most the number of training rows, was " + k + " of " + train.length);
        }
        Algebra.Neighbours bank = Batches.ALGEBRA.neighbours(train, k);
        return scored -> {
            double[] squared = bank.kth(Batches.prepared(scored, normalise));
            return Vectors.each(squared.length, i -> Math.sqrt(squared[i]));
        };
    }
}
