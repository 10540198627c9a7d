package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Term;
import touchstone.unlearn.loss.SimNpoLoss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Simple negative preference optimisation with a retain term: {@code gamma SimNPO(forget) + alpha CE(retain)}.
 *
 * @param beta steepness, above 0
 * @param delta margin, finite
 * @param gamma weight of forgetting, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference("fan2024simplicity")
public record SimNpo(double beta, double delta, double gamma, double alpha) implements Objective {
    public SimNpo {
        Check.positive(beta, "beta");
        Check.finite(delta, "delta");
        Check.positive(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** Beta 4.5, margin 0, forgetting 0.125, retaining 1: values in use for TOFU; tune them for another model. */
    public static SimNpo defaults() {
        return new SimNpo(4.5, 0, 0.125, 1);
    }

    @Override
    public List<Term> terms(Task task) {
        return List.of(
                Term.of(task.forget(), new SimNpoLoss(task.forget().targets(), beta, delta), gamma),
                Term.of(task.retain(), task.retain().crossEntropy(), alpha));
    }
}
