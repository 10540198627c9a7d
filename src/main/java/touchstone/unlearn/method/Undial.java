package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Examples;
import touchstone.unlearn.Term;
import touchstone.unlearn.loss.UndialLoss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Self-distillation to logits with the label's lowered, and a retain term: {@code gamma UNDIAL(forget) + alpha CE(retain)}.
 *
 * @param strength taken from the label's logit, 0 or more
 * @param gamma weight of forgetting, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference("dong2024undial")
public record Undial(double strength, double gamma, double alpha) implements Objective {
    public Undial {
        Check.notNegative(strength, "strength");
        Check.positive(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** Strength 10 and forgetting 1 as in the open-unlearning framework, which retains with weight 0; here 1. */
    public static Undial defaults() {
        return new Undial(10, 1, 1);
    }

    @Override
    public List<Term> terms(Task task) {
        Examples gone = task.forget();
        return List.of(
                Term.of(gone, new UndialLoss(gone.targets(), task.referenceOn(gone), strength), gamma),
                Term.of(task.retain(), task.retain().crossEntropy(), alpha));
    }
}
