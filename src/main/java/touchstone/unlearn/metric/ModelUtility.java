package touchstone.unlearn.metric;

import touchstone.util.Check;
import touchstone.util.Reference;

/** TOFU's model utility: the harmonic mean of numbers in [0, 1], nine of them there; 0 as soon as one is 0; higher is better. */
@Reference("maini2024tofu")
public final class ModelUtility {
    private ModelUtility() {}

    /** The harmonic mean of the parts, [k], each 0 or more. */
    public static double of(double... parts) {
        Check.nonEmpty(parts.length, "parts");
        double inverse = 0;
        for (int i = 0; i < parts.length; i++) {
            Check.notNegative(parts[i], "parts[" + i + "]");
            inverse += 1 / parts[i];
        }
        return parts.length / inverse;
    }
}
