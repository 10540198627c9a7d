package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
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
        return scored -> {
            double[][] rows = Batches.prepared(scored, normalise);
            return Vectors.each(rows.length, i -> Math.sqrt(kthSquared(train, rows[i])));
        };
    }

    /** The k-th smallest squared distance, by insertion into a sorted list of k. */
    private double kthSquared(double[][] train, double[] row) {
        var best = new double[k];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (double[] other : train) {
            double sum = squared(other, row, best[k - 1]);
            if (sum < best[k - 1]) {
                int at = k - 1;
                while (at > 0 && best[at - 1] > sum) {
                    best[at] = best[at - 1];
                    at--;
                }
                best[at] = sum;
            }
        }
        return best[k - 1];
    }

    /** Squared distance, given up as soon as it passes the bar. */
    private static double squared(double[] a, double[] b, double bar) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            double difference = a[j] - b[j];
            sum += difference * difference;
            if (sum >= bar) {
                return sum;
            }
        }
        return sum;
    }
}
