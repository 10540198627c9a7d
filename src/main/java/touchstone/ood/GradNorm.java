package touchstone.ood;

import java.util.Set;
import touchstone.util.Reference;

/**
 * Minus the L1 norm of the gradient of {@code sum_c -log p_c} in the head's weights, in closed form
 * {@code -(sum_c |C p_c - 1|) |f|_1} with C classes; 0 or less, in feature units. Nothing is learned.
 *
 * <p>Follows the paper up to the factor C.
 */
@Reference("huang2021importance")
public record GradNorm() implements StreamingDetector {
    /** There is nothing to choose. */
    public static GradNorm defaults() {
        return new GradNorm();
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        return scorer();
    }

    private static Scorer scorer() {
        return batch ->
                Vectors.each(batch.size(), i -> -spread(batch.logitRows()[i]) * Vectors.norm1(batch.featureRows()[i]));
    }

    /** Nothing is learned, so nothing is kept but the count of the rows and their fingerprints. */
    @Override
    public StreamingFit stream() {
        return ExactFit.of(this, shape -> ClassSums.mean(shape, mean -> scorer()));
    }

    private static double spread(double[] z) {
        double sum = 0;
        for (double p : Vectors.softmax(z, 1)) {
            sum += Math.abs(z.length * p - 1);
        }
        return sum;
    }
}
