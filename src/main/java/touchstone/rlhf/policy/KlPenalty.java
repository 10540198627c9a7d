package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * What a policy pays for leaving its reference.
 *
 * @param place where the price is charged
 * @param estimator of the divergence from one action
 * @param coefficient price in reward units a nat, 0 or more; the first one where it adapts
 * @param target divergence of an answer that the coefficient is steered to, in nats, above 0; infinite: it stays
 * @param horizon answers over which it may change by its own size
 */
@Reference({"ziegler2019fine", "shao2024deepseekmath"})
public record KlPenalty(Place place, KlEstimator estimator, double coefficient, double target, double horizon) {
    /** Where the price is charged. */
    public enum Place {
        /** Taken off the reward of each step, before advantages: what is maximised is {@code E r - beta KL}. */
        REWARD,
        /** Added to the loss of each step, beside the advantages. */
        LOSS
    }

    public KlPenalty {
        Check.notNegative(coefficient, "coefficient");
        Check.positive(horizon, "horizon");
        if (!(target > 0)) {
            throw new IllegalArgumentException("target must be above 0, was " + target);
        }
    }

    /** No price. */
    public static KlPenalty none() {
        return inReward(0);
    }

    /** {@link KlEstimator#K1} off the reward: its expectation is the divergence itself. */
    public static KlPenalty inReward(double coefficient) {
        return new KlPenalty(Place.REWARD, KlEstimator.K1, coefficient, Double.POSITIVE_INFINITY, 10_000);
    }

    /** A term of the loss. Only the slope of {@link KlEstimator#K2} has the expectation of the divergence's gradient. */
    public static KlPenalty inLoss(KlEstimator estimator, double coefficient) {
        return new KlPenalty(Place.LOSS, estimator, coefficient, Double.POSITIVE_INFINITY, 10_000);
    }

    /** The same with a coefficient that {@link AdaptiveKl} steers to a target; the coefficient must then be above 0. */
    public KlPenalty steered(double nats, double answers) {
        Check.positive(coefficient, "coefficient");
        return new KlPenalty(place, estimator, coefficient, nats, answers);
    }

    /** The penalty after n answers of a mean divergence. */
    KlPenalty after(double divergence, int n) {
        if (target == Double.POSITIVE_INFINITY) {
            return this;
        }
        double next = new AdaptiveKl(coefficient, target, horizon)
                .after(divergence, n)
                .coefficient();
        return new KlPenalty(place, estimator, next, target, horizon);
    }

    boolean charges(Place where) {
        return coefficient > 0 && place == where;
    }
}
