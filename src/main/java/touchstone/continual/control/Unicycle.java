package touchstone.continual.control;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A robot that drives ahead and turns, with gains on what it is told: a worn wheel, a load, reversed wiring. It moves
 * {@code forward v h} ahead and turns by {@code turn w h} in a step h of 0.2 s.
 *
 * @param forward gain of the speed, finite, not 0; negative drives backwards
 * @param turn gain of the rate of turn, finite, not 0
 */
@Reference("murillo2025action")
public record Unicycle(double forward, double turn) implements MotionModel {
    /** Seconds a step. */
    public static final double STEP = 0.2;

    /** Largest speed that can be asked for either way, m/s. */
    public static final double FASTEST = 1;

    /** Largest rate of turn that can be asked for either way, rad/s. */
    public static final double SHARPEST = Math.PI / 2;

    public Unicycle {
        if (Check.finite(forward, "forward") == 0 || Check.finite(turn, "turn") == 0) {
            throw new IllegalArgumentException("gains must not be 0, were " + forward + " and " + turn);
        }
    }

    /** The robot as it was built: both gains 1. */
    public static Unicycle nominal() {
        return new Unicycle(1, 1);
    }

    @Override
    public double[] motion(double[] action) {
        return new double[] {forward * action[0] * STEP, turn * action[1] * STEP};
    }

    /** The action within the limits that makes this robot do what the nominal one does by an action, as nearly as it can. */
    public double[] intended(double[] action) {
        return limited(new double[] {action[0] / forward, action[1] / turn});
    }

    /** The nearest action within the limits. */
    public static double[] limited(double[] action) {
        return new double[] {
            Math.max(-FASTEST, Math.min(FASTEST, action[0])), Math.max(-SHARPEST, Math.min(SHARPEST, action[1]))
        };
    }
}
