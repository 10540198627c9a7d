package touchstone.ood;

import java.util.Set;
import touchstone.util.Reference;

/**
 * Entropy of the softmax, {@code -sum_c p_c log p_c}, in nats, in [0, log c]. Nothing is learned.
 *
 * <p>Shannon's formula, with {@code 0 log 0 = 0}.
 */
@Reference("shannon1948mathematical")
public record Entropy() implements Detector {
    /** There is nothing to choose. */
    public static Entropy defaults() {
        return new Entropy();
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        return batch -> Vectors.each(batch.size(), i -> of(Vectors.softmax(batch.logitRows()[i], 1)));
    }

    private static double of(double[] p) {
        double sum = 0;
        for (double v : p) {
            sum -= v > 0 ? v * Math.log(v) : 0;
        }
        return sum;
    }
}
