package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Controller of the coefficient of a divergence penalty: after each batch it is multiplied by {@code 1 + clip(KL / target - 1,
 * +-0.2) n / horizon}, so that the divergence comes near the target. A fixed coefficient needs no controller.
 *
 * <p>Follows the paper.
 *
 * @param coefficient of the penalty now, above 0
 * @param target divergence aimed at, in nats an answer, above 0
 * @param horizon answers over which the coefficient may change by its own size, above 0
 */
@Reference("ziegler2019fine")
public record AdaptiveKl(double coefficient, double target, double horizon) {
    private static final double CLIP = 0.2;

    public AdaptiveKl {
        Check.positive(coefficient, "coefficient");
        Check.positive(target, "target");
        Check.positive(horizon, "horizon");
    }

    /** Coefficient 0.2, target 6 nats, horizon 10,000 answers. */
    public static AdaptiveKl defaults() {
        return new AdaptiveKl(0.2, 6, 10_000);
    }

    /** The controller after a batch of n answers whose mean divergence was measured; at most 5 horizons a batch. */
    public AdaptiveKl after(double divergence, int n) {
        Check.finite(divergence, "divergence");
        Check.atLeast(n, 1, "n");
        if (n >= horizon / CLIP) {
            throw new IllegalArgumentException(
                    "n must be below 5 horizons, or the coefficient could turn negative; was " + n);
        }
        double error = Math.max(-CLIP, Math.min(CLIP, divergence / target - 1));
        return new AdaptiveKl(coefficient * (1 + error * n / horizon), target, horizon);
    }
}
