package touchstone.continual.strategy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Memory-aware synapses: importance is how much the outputs' squared norm depends on a parameter, summed over tasks; needs no
 * labels. {@code CE + strength / 2 sum_i O_i (theta_i - theta*_i)^2}.
 *
 * <p>Differs from the paper: strength is halved in the penalty, as for EWC, and applied as a proximal step.
 *
 * @param strength of the penalty, 0 or more
 * @param anchor how it is applied
 */
@Reference("aljundi2018memory")
public record Mas(double strength, Anchor anchor) implements Strategy {
    public Mas {
        Check.notNegative(strength, "strength");
    }

    /** Strength 0.01, proximal. */
    public static Mas defaults() {
        return new Mas(0.01, Anchor.PROXIMAL);
    }

    public Mas withStrength(double s) {
        return new Mas(s, anchor);
    }

    @Override
    public Learner start(Descent descent) {
        return new Anchored(descent, strength, anchor, (task, previous, theta) -> {
            double[] importance = Importance.memoryAware(descent.network(), task);
            for (int i = 0; i < importance.length; i++) {
                importance[i] += previous[i];
            }
            return importance;
        });
    }
}
