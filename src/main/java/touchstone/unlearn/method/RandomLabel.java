package touchstone.unlearn.method;

import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.unlearn.Examples;
import touchstone.unlearn.Term;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Trains on wrong labels for the forget set, each drawn evenly among the others, and on the true ones for the rest:
 * {@code CE(forget, wrong) + alpha CE(retain)}.
 *
 * @param alpha weight of retaining, 0 or more
 */
@Reference({"graves2021amnesiac", "golatkar2020eternal"})
public record RandomLabel(double alpha) implements Objective {
    public RandomLabel {
        Check.notNegative(alpha, "alpha");
    }

    /** Weight 1. */
    public static RandomLabel defaults() {
        return new RandomLabel(1);
    }

    @Override
    public List<Term> terms(Task task) {
        Check.atLeast(task.original().outputs(), 2, "outputs of the model");
        Examples wrong = wrong(task.forget(), task.original().outputs(), task.seed());
        return List.of(
                Term.of(wrong, wrong.crossEntropy(), 1),
                Term.of(task.retain(), task.retain().crossEntropy(), alpha));
    }

    private static Examples wrong(Examples data, int classes, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "random label");
        int[] labels = data.labels();
        for (int i = 0; i < labels.length; i++) {
            int other = rng.nextInt(classes - 1);
            labels[i] = labels[i] < 0 ? -1 : other < labels[i] ? other : other + 1;
        }
        return data.withLabels(labels);
    }
}
