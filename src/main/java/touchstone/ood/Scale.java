package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.util.Reference;

/**
 * Energy of the logits of scaled features, {@code -log sum_c exp(W f exp(s1 / s2) + b)_c}, in logit units; any real value.
 * s1 is the sum of all features, s2 that of the k largest, k as in {@link Ash}. Nothing is pruned, and nothing but the head
 * is taken from training.
 *
 * <p>Follows the paper, which means features of 0 or more. Where s2 is not above 0, nothing is scaled.
 *
 * @param percentile in [0, 100)
 */
@Reference("xu2024scaling")
public record Scale(double percentile) implements Detector {
    public Scale {
        Shaping.percentile(percentile, "percentile");
    }

    /** The 85th percentile. */
    public static Scale defaults() {
        return new Scale(85);
    }

    public Scale withPercentile(double p) {
        return new Scale(p);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        return Shaping.energy(train.head(), f -> {
            double factor = Shaping.factor(f, Shaping.kept(f.length, percentile));
            return Arrays.stream(f).map(v -> v * factor).toArray();
        });
    }
}
