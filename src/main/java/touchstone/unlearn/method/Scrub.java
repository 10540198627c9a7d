package touchstone.unlearn.method;

import java.util.List;
import touchstone.nn.loss.Loss;
import touchstone.unlearn.Answers;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.Term;
import touchstone.unlearn.Unlearner;
import touchstone.unlearn.loss.Distillation;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * SCRUB: epochs that raise {@code KL_T(teacher || model)} on the forget set take turns with epochs that lower
 * {@code gamma CE + alpha KL_T} on the rest; the last epochs only retain. The teacher is the trained model.
 *
 * @param descent steps; its epochs count the epochs on the retained set
 * @param raising how many of them are preceded by one on the forget set, 1 or more
 * @param temperature T, above 0
 * @param gamma weight of the labels, 0 or more
 * @param alpha weight of the teacher, 0 or more
 */
@Reference("kurmanji2023towards")
public record Scrub(Descent descent, int raising, double temperature, double gamma, double alpha) implements Unlearner {
    public Scrub {
        Check.atLeast(raising, 1, "raising");
        Check.positive(temperature, "temperature");
        Check.notNegative(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** The authors' T 4, gamma 0.99 and alpha 0.001; the forget set in the first half of the epochs. */
    public static Scrub by(Descent descent) {
        return new Scrub(descent, Math.max(1, descent.epochs() / 2), 4, 0.99, 0.001);
    }

    public Scrub withRaising(int epochs) {
        return new Scrub(descent, epochs, temperature, gamma, alpha);
    }

    @Override
    public String name() {
        return "scrub";
    }

    @Override
    public ForgetModel unlearn(ForgetModel model, ForgetSplit split) {
        ForgetModel student = model.copy();
        Descent.Run run = descent.start(student);
        List<Term> raise = List.of(Term.of(split.forget(), near(model, split.forget()), -1));
        Examples kept = split.retain();
        Loss labels = kept.crossEntropy();
        Loss both = (z, examples, weight, gradient) -> labels.add(z, examples, weight * gamma, gradient);
        List<Term> lower = List.of(Term.of(kept, both.plus(alpha, near(model, kept)), 1));
        for (int epoch = 0; epoch < descent.epochs(); epoch++) {
            if (epoch < raising) {
                run.epoch(raise);
            }
            run.epoch(lower);
        }
        return student;
    }

    private Distillation near(ForgetModel teacher, Examples data) {
        return new Distillation(data.targets(), Answers.of(teacher, data).reference(), temperature);
    }
}
