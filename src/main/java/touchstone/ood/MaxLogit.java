package touchstone.ood;

import java.util.Set;
import touchstone.util.Reference;

/**
 * Minus the largest logit, {@code -max_c z_c}, in logit units; any real value. Nothing is learned.
 *
 * <p>Follows the paper.
 */
@Reference("hendrycks2022scaling")
public record MaxLogit() implements Detector {
    /** There is nothing to choose. */
    public static MaxLogit defaults() {
        return new MaxLogit();
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        return batch -> Vectors.each(batch.size(), i -> -Vectors.max(batch.logitRows()[i]));
    }
}
