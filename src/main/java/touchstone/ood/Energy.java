package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Free energy of the logits, {@code -T log sum_c exp(z_c / T)}, in logit units; any real value. Nothing is learned.
 *
 * <p>Differs from the paper: the score only, no fine-tuning.
 *
 * @param temperature T, above 0
 */
@Reference("liu2020energy")
public record Energy(double temperature) implements Detector {
    public Energy {
        Check.positive(temperature, "temperature");
    }

    /** T = 1. */
    public static Energy defaults() {
        return new Energy(1);
    }

    public Energy withTemperature(double t) {
        return new Energy(t);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        return batch -> Vectors.each(batch.size(), i -> of(batch.logitRows()[i]));
    }

    private double of(double[] z) {
        return -temperature
                * Vectors.logSumExp(Arrays.stream(z).map(v -> v / temperature).toArray());
    }
}
