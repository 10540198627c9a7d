package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Examples;
import touchstone.unlearn.Term;
import touchstone.unlearn.loss.Distillation;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Ascent on the forget set while answers on the retained one stay: {@code -gamma CE(forget) + alpha KL(ref || model)(retain)}.
 *
 * @param gamma weight of forgetting, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference("maini2024tofu")
public record KlMin(double gamma, double alpha) implements Objective {
    public KlMin {
        Check.positive(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** Both weights 1. */
    public static KlMin defaults() {
        return new KlMin(1, 1);
    }

    @Override
    public List<Term> terms(Task task) {
        Examples kept = task.retain();
        return List.of(
                Term.of(task.forget(), task.forget().crossEntropy(), -gamma),
                Term.of(kept, new Distillation(kept.targets(), task.referenceOn(kept), 1), alpha));
    }
}
