package touchstone.continual.strategy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Elastic weight consolidation: holds parameters near where the last task left them by their Fisher information,
 * {@code CE + strength / 2 sum_i F_i (theta_i - theta*_i)^2} with {@code F = decay F_old + F_task}.
 *
 * <p>Differs from the paper: one anchor, the last task's parameters, instead of one a task; and the penalty is a proximal step,
 * which no importance can make diverge.
 *
 * @param strength of the penalty, 0 or more
 * @param estimator how the Fisher information is taken
 * @param decay share of earlier tasks' information that stays, in [0, 1]; below 1 is online EWC
 * @param anchor how the penalty is applied
 */
@Reference({"kirkpatrick2017overcoming", "schwarz2018progress"})
public record Ewc(double strength, FisherEstimator estimator, double decay, Anchor anchor) implements Strategy {
    public Ewc {
        Check.notNegative(strength, "strength");
        Check.probability(decay, "decay");
    }

    /** Strength 10, exact Fisher information, all tasks alike, proximal. */
    public static Ewc defaults() {
        return new Ewc(10, FisherEstimator.EXACT, 1, Anchor.PROXIMAL);
    }

    public Ewc withStrength(double s) {
        return new Ewc(s, estimator, decay, anchor);
    }

    public Ewc withEstimator(FisherEstimator e) {
        return new Ewc(strength, e, decay, anchor);
    }

    public Ewc withDecay(double d) {
        return new Ewc(strength, estimator, d, anchor);
    }

    public Ewc withAnchor(Anchor a) {
        return new Ewc(strength, estimator, decay, a);
    }

    @Override
    public Learner start(Descent descent) {
        return new Anchored(descent, strength, anchor, (task, previous, theta) -> {
            double[] fisher = estimator.diagonal(descent.network(), task);
            for (int i = 0; i < fisher.length; i++) {
                fisher[i] += decay * previous[i];
            }
            return fisher;
        });
    }
}
