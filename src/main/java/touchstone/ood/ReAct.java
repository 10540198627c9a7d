package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.util.Reference;

/**
 * Energy of the logits of clipped features, {@code -log sum_c exp(W min(f, t) + b)_c}, in logit units; any real value. The
 * threshold t is a percentile (linear) of all training feature values.
 *
 * <p>Follows the paper.
 *
 * @param percentile in [0, 100)
 */
@Reference("sun2021react")
public record ReAct(double percentile) implements Detector {
    public ReAct {
        Shaping.percentile(percentile, "percentile");
    }

    /** The 90th percentile. */
    public static ReAct defaults() {
        return new ReAct(90);
    }

    public ReAct withPercentile(double p) {
        return new ReAct(p);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        double t = Vectors.percentile(Shaping.values(train), percentile);
        return Shaping.energy(
                train.head(), f -> Arrays.stream(f).map(v -> Math.min(v, t)).toArray());
    }
}
