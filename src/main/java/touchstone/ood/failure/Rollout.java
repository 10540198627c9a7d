package touchstone.ood.failure;

import java.util.Arrays;
import touchstone.util.Check;

/** One run of a policy: its inner features at each step, the task, and how it ended. Immutable. */
public final class Rollout {
    private final int task;
    private final double[][] features;
    private final Outcome outcome;

    private Rollout(int task, double[][] features, Outcome outcome) {
        this.task = task;
        this.features = features;
        this.outcome = outcome;
    }

    /**
     * A rollout.
     *
     * @param task number of the task, 0 or more
     * @param features of each step, [steps, d], finite, one step or more; copied
     * @param outcome how it ended; an onset must lie within the steps
     */
    public static Rollout of(int task, double[][] features, Outcome outcome) {
        Check.atLeast(task, 0, "task");
        Check.nonEmpty(features.length, "features");
        Check.index(outcome.onset() + 1, features.length + 1, "onset + 1");
        for (int t = 0; t < features.length; t++) {
            Check.sameLength(features[t].length, "features[" + t + "]", features[0].length, "features[0]");
            Check.allFinite(features[t], "features[" + t + "]");
        }
        double[][] copy = Arrays.stream(features).map(double[]::clone).toArray(double[][]::new);
        return new Rollout(task, copy, outcome);
    }

    public int task() {
        return task;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The number of steps. */
    public int length() {
        return features.length;
    }

    /** The number of features of a step, d. */
    public int width() {
        return features[0].length;
    }

    /** A copy of the features, [steps, d]. */
    public double[][] features() {
        return Arrays.stream(features).map(double[]::clone).toArray(double[][]::new);
    }

    /** The features of a step; shared, not to be changed. */
    double[] step(int t) {
        return features[t];
    }

    @Override
    public String toString() {
        return "Rollout[task " + task + ", " + features.length + " steps, "
                + (outcome.failed() ? "failed]" : "successful]");
    }
}
