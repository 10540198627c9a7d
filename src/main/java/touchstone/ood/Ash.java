package touchstone.ood;

import java.util.Set;
import touchstone.util.Reference;

/**
 * Activation shaping: only the k largest features stay, then the energy of the head's logits, in logit units; any real
 * value. With d features, {@code k = d - round(d p / 100)} (halves to even), s1 the sum of all and s2 of the k largest:
 * PRUNE keeps the k, BINARISE sets each of them to {@code s1 / k}, SCALE multiplies them by {@code exp(s1 / s2)}.
 * Nothing but the head is taken from training.
 *
 * <p>Follows the paper, which means features of 0 or more, after a ReLU. Of equal features the first stay. Where s2 is not
 * above 0, nothing is scaled.
 *
 * @param variant what becomes of the features that stay
 * @param percentile the share that goes, in [0, 100)
 */
@Reference("djurisic2023extremely")
public record Ash(Variant variant, double percentile) implements Detector {
    /** What becomes of the features that stay. */
    public enum Variant {
        /** ASH-P: they stay as they are. */
        PRUNE,
        /** ASH-B: they share the sum of all. */
        BINARISE,
        /** ASH-S: they are multiplied. */
        SCALE
    }

    public Ash {
        Shaping.percentile(percentile, "percentile");
    }

    /** ASH-S at the 90th percentile. */
    public static Ash defaults() {
        return new Ash(Variant.SCALE, 90);
    }

    public Ash withVariant(Variant v) {
        return new Ash(v, percentile);
    }

    public Ash withPercentile(double p) {
        return new Ash(variant, p);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        return Shaping.energy(train.head(), this::shape);
    }

    private double[] shape(double[] f) {
        int k = Shaping.kept(f.length, percentile);
        boolean[] mask = Shaping.largest(f, k);
        double share = Vectors.sum(f) / k;
        double factor = variant == Variant.SCALE ? Shaping.factor(f, k) : 1;
        var out = new double[f.length];
        for (int j = 0; j < f.length; j++) {
            if (mask[j]) {
                out[j] = variant == Variant.BINARISE ? share : f[j] * factor;
            }
        }
        return out;
    }
}
