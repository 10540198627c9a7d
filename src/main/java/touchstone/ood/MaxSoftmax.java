package touchstone.ood;

import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Minus the largest softmax probability, {@code -max_c softmax(z / T)_c}, in [-1, -1/c]. Nothing is learned.
 *
 * <p>Follows the paper, at T = 1.
 *
 * @param temperature T, above 0
 */
@Reference("hendrycks2017baseline")
public record MaxSoftmax(double temperature) implements Detector {
    public MaxSoftmax {
        Check.positive(temperature, "temperature");
    }

    /** T = 1. */
    public static MaxSoftmax defaults() {
        return new MaxSoftmax(1);
    }

    public MaxSoftmax withTemperature(double t) {
        return new MaxSoftmax(t);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        return batch ->
                Vectors.each(batch.size(), i -> -Vectors.max(Vectors.softmax(batch.logitRows()[i], temperature)));
    }
}
