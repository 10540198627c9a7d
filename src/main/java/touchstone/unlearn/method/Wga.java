package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Term;
import touchstone.unlearn.loss.WgaLoss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Weighted gradient ascent with a retain term: {@code gamma WGA(forget) + alpha CE(retain)}.
 *
 * @param beta power of the probability in the weight, 0 or more
 * @param gamma weight of forgetting, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference("wang2025rethinking")
public record Wga(double beta, double gamma, double alpha) implements Objective {
    public Wga {
        Check.notNegative(beta, "beta");
        Check.positive(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** All 1, as in the open-unlearning framework. */
    public static Wga defaults() {
        return new Wga(1, 1, 1);
    }

    @Override
    public List<Term> terms(Task task) {
        return List.of(
                Term.of(task.forget(), new WgaLoss(task.forget().targets(), beta), gamma),
                Term.of(task.retain(), task.retain().crossEntropy(), alpha));
    }
}
