package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Answers;
import touchstone.unlearn.Examples;
import touchstone.unlearn.Term;
import touchstone.unlearn.loss.Distillation;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Learns the forget set from an untrained teacher and the rest from the trained one:
 * {@code KL(random || model)(forget) + alpha KL(ref || model)(retain)}.
 *
 * @param temperature of both, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference("chundawat2023can")
public record BadTeacher(double temperature, double alpha) implements Objective {
    public BadTeacher {
        Check.positive(temperature, "temperature");
        Check.notNegative(alpha, "alpha");
    }

    /** Temperature 1, weight 1. */
    public static BadTeacher defaults() {
        return new BadTeacher(1, 1);
    }

    @Override
    public List<Term> terms(Task task) {
        Examples gone = task.forget();
        Examples kept = task.retain();
        var bad = Answers.of(task.original().fresh(task.seed()), gone).reference();
        return List.of(
                Term.of(gone, new Distillation(gone.targets(), bad, temperature), 1),
                Term.of(kept, new Distillation(kept.targets(), task.referenceOn(kept), temperature), alpha));
    }
}
