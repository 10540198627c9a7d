package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Term;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Ascent on the forget set and descent on the retained one: {@code -gamma CE(forget) + alpha CE(retain)}.
 *
 * @param gamma weight of forgetting, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference({"liu2022continual", "maini2024tofu"})
public record GradientDifference(double gamma, double alpha) implements Objective {
    public GradientDifference {
        Check.positive(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** Both weights 1. */
    public static GradientDifference defaults() {
        return new GradientDifference(1, 1);
    }

    @Override
    public List<Term> terms(Task task) {
        return List.of(
                Term.of(task.forget(), task.forget().crossEntropy(), -gamma),
                Term.of(task.retain(), task.retain().crossEntropy(), alpha));
    }
}
