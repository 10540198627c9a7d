package touchstone.rlhf.calibration;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A logarithmic score of a stated confidence c that charges confident errors more: {@code log c} for a right answer,
 * {@code penalty log(1 - c)} for a wrong one; at most 0, higher is better. With penalty 1 it is the proper log score,
 * highest at c = P(right); with a larger penalty it is highest at {@code P / (P + penalty (1 - P))}, below P: it
 * would rather have too little confidence than too much.
 *
 * <p>Differs from the paper: its idea of an asymmetric logarithmic reward, not its exact form.
 *
 * @param penalty factor on errors, 1 or more
 * @param floor confidences are held to [floor, 1 - floor], in (0, 0.5)
 */
@Reference("kriz2025prompt4trust")
public record TrustScore(double penalty, double floor) {
    public TrustScore {
        if (!(penalty >= 1 && penalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty must be a finite number of at least 1, was " + penalty);
        }
        if (!(floor > 0 && floor < 0.5)) {
            throw new IllegalArgumentException("floor must lie in (0, 0.5), was " + floor);
        }
    }

    /** Errors cost double; confidences are held to [0.01, 0.99]. */
    public static TrustScore defaults() {
        return new TrustScore(2, 0.01);
    }

    public TrustScore withPenalty(double p) {
        return new TrustScore(p, floor);
    }

    /** The score of a confidence in [0, 1]. */
    public double of(double confidence, boolean right) {
        Check.probability(confidence, "confidence");
        double c = Math.max(floor, Math.min(1 - floor, confidence));
        return right ? Math.log(c) : penalty * Math.log1p(-c);
    }

    /** The confidence with the highest expected score when the answer is right with probability p. */
    public double best(double p) {
        Check.probability(p, "p");
        return p / (p + penalty * (1 - p));
    }
}
