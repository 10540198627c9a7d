package touchstone.unlearn.metric;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The score of the NeurIPS 2023 unlearning competition: every example's epsilon earns 1, 1/2, 1/4, ... points by buckets of 0.5, none
 * from {@code ceil(ln(models - 1))} on; F is the mean, in [0, 1], higher is better. The final score multiplies F by the retained and
 * test accuracies over those of retraining.
 */
@Reference("triantafillou2024progress")
public final class ForgettingScore {
    private static final double BUCKET = 0.5;

    private ForgettingScore() {}

    /** Points of one example; epsilon 0 or more. */
    public static double points(double epsilon, int models) {
        Check.notNegative(epsilon, "epsilon");
        return epsilon >= largest(models) ? 0 : Math.pow(2, -Math.floor(epsilon / BUCKET));
    }

    /** The epsilon from which on there are no points; models of each kind, 3 or more. */
    public static double largest(int models) {
        return Math.ceil(Math.log(Check.atLeast(models, 3, "models") - 1.0));
    }

    /** F, the mean of the points over examples, [n]. */
    public static double of(double[] epsilons, int models) {
        Check.nonEmpty(epsilons.length, "epsilons");
        return Arrays.stream(epsilons).map(e -> points(e, models)).sum() / epsilons.length;
    }

    /** The final score, {@code F RA_u / RA_r TA_u / TA_r}; 0 or more. */
    public static double finalScore(double forgetting, Accuracies unlearned, Accuracies retrained) {
        Check.probability(forgetting, "forgetting");
        Check.positive(retrained.retain(), "retain accuracy of the retrained model");
        Check.positive(retrained.test(), "test accuracy of the retrained model");
        return forgetting * unlearned.retain() / retrained.retain() * unlearned.test() / retrained.test();
    }
}
