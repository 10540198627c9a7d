package touchstone.ood;

import java.util.Set;
import touchstone.nn.Algebra;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Nearest neighbour guidance: minus the energy-based confidence times the mean of the k largest guided similarities,
 * {@code -E(z) mean_top-k <f / |f|, E(z_i) f_i / |f_i|>} with {@code E(z) = log sum_c exp(z_c)}; any real value.
 *
 * <p>Differs from the paper, which takes 1 % of ImageNet's training rows: all rows of the batch are the bank.
 *
 * @param k neighbours, 1 or more, at most the number of training rows
 */
@Reference("park2023nearest")
public record NNGuide(int k) implements Detector {
    public NNGuide {
        Check.atLeast(k, 1, "k");
    }

    /** k = 100. */
    public static NNGuide defaults() {
        return new NNGuide(100);
    }

    public NNGuide withK(int neighbours) {
        return new NNGuide(neighbours);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        if (k > train.size()) {
            throw new IllegalArgumentException(
                    "k must be at most the number of training rows, was " + k + " of " + train.size());
        }
        Algebra.Product bank = Batches.algebra().times(Batches.prepared(train, true));
        double[] confidence = Vectors.each(train.size(), i -> Vectors.logSumExp(train.logitRows()[i]));
        return batch -> {
            double[] guides = Batches.inBlocks(Batches.prepared(batch, true), Batches.TILE, block -> {
                double[][] cosines = bank.of(block);
                return Vectors.each(block.length, i -> guidance(cosines[i], confidence));
            });
            return Vectors.each(guides.length, i -> -guides[i] * Vectors.logSumExp(batch.logitRows()[i]));
        };
    }

    private double guidance(double[] cosines, double[] confidence) {
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] *= confidence[i];
        }
        return Vectors.sumOfLargest(cosines, k) / k;
    }
}
