package touchstone.unlearn.metric;

import java.util.Arrays;
import java.util.OptionalInt;
import touchstone.util.Check;

/** Accuracy on the forget set after 0, 1, 2, ... steps of training on it again: what was hidden comes back sooner than what is gone. */
public final class RelearningCurve {
    private final double[] accuracy;

    private RelearningCurve(double[] accuracy) {
        this.accuracy = accuracy;
    }

    /** From the accuracies before the first step and after each, [steps + 1], in [0, 1]. */
    public static RelearningCurve of(double... accuracy) {
        Check.nonEmpty(accuracy.length, "accuracy");
        Check.probabilities(accuracy, "accuracy");
        return new RelearningCurve(accuracy.clone());
    }

    /** The accuracies, [steps + 1]. */
    public double[] accuracy() {
        return accuracy.clone();
    }

    /** The first step at which the level is reached; empty when it never is. */
    public OptionalInt stepsTo(double level) {
        Check.probability(level, "level");
        for (int i = 0; i < accuracy.length; i++) {
            if (accuracy[i] >= level) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Steps to the level over the same of a retrained model, both at most one more than the curve has; 1 is best, 0 is at once. */
    public double speedAgainst(RelearningCurve retrained, double level) {
        Check.sameLength(accuracy.length, "curve", retrained.accuracy.length, "retrained curve");
        int own = stepsTo(level).orElse(accuracy.length);
        int other = retrained.stepsTo(level).orElse(accuracy.length);
        if (other == 0) {
            throw new IllegalArgumentException("level must lie above what the retrained model has at first, "
                    + retrained.accuracy[0] + ", was " + level);
        }
        return (double) own / other;
    }

    /** Mean accuracy over the curve, in [0, 1]. */
    public double mean() {
        return Arrays.stream(accuracy).sum() / accuracy.length;
    }

    @Override
    public String toString() {
        return "RelearningCurve" + Arrays.toString(accuracy);
    }
}
