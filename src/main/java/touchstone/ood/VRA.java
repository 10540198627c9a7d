package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.util.Reference;

/**
 * Variational rectified activation: energy of the logits of features clipped to an interval,
 * {@code -log sum_c exp(W clip(f, lo, hi) + b)_c}, in logit units; any real value. The bounds are percentiles (linear) of
 * all training feature values.
 *
 * <p>Differs from the paper, which sets features below the lower bound to 0: clipped as OpenOOD does.
 *
 * @param low lower percentile, in [0, 100)
 * @param high upper percentile, in [0, 100), at least {@code low}
 */
@Reference("xu2023vra")
public record VRA(double low, double high) implements Detector {
    public VRA {
        Shaping.percentile(low, "low");
        Shaping.percentile(high, "high");
        if (low > high) {
            throw new IllegalArgumentException("low must be at most high, " + high + ", was " + low);
        }
    }

    /** The percentiles 10 and 90. */
    public static VRA defaults() {
        return new VRA(10, 90);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        double[] values = Shaping.values(train);
        double lo = Vectors.percentile(values, low);
        double hi = Vectors.percentile(values, high);
        return Shaping.energy(
                train.head(),
                f -> Arrays.stream(f).map(v -> Math.max(lo, Math.min(v, hi))).toArray());
    }
}
