package touchstone.continual.strategy;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * Holds all parameters alike near where the last task left them: {@code CE + strength / 2 ||theta - theta*||^2}.
 *
 * @param strength of the penalty, 0 or more
 * @param anchor how it is applied
 */
public record L2(double strength, Anchor anchor) implements Strategy {
    public L2 {
        Check.notNegative(strength, "strength");
    }

    /** Strength 0.1, proximal. */
    public static L2 defaults() {
        return new L2(0.1, Anchor.PROXIMAL);
    }

    public L2 withStrength(double s) {
        return new L2(s, anchor);
    }

    @Override
    public Learner start(Descent descent) {
        return new Anchored(descent, strength, anchor, (task, previous, theta) -> {
            var ones = new double[theta.length];
            Arrays.fill(ones, 1);
            return ones;
        });
    }
}
