package touchstone.ood.failure;

import touchstone.util.Check;

/**
 * How a rollout ended.
 *
 * @param failed whether the task was missed
 * @param onset step, from 0, at which the failure began; -1 where there was none or it is not known
 */
public record Outcome(boolean failed, int onset) {
    public Outcome {
        Check.atLeast(onset, -1, "onset");
    }

    /** The task was done. */
    public static Outcome success() {
        return new Outcome(false, -1);
    }

    /** The task was missed; it is not known since when. */
    public static Outcome failure() {
        return new Outcome(true, -1);
    }
}
