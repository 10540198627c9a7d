package touchstone.unlearn.loss;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The terms of representation misdirection (RMU): squared distance of hidden vectors from their goals, the mean over the vector, then
 * over the counted places of a sequence, then over sequences. The forget term's goal is one control vector, {@code c u / |u|} with u
 * uniform in [0, 1); the retain term's goals are the frozen model's hidden vectors.
 */
@Reference("li2024wmdp")
public final class HiddenDistance implements Loss {
    private final Targets targets;
    private final double[][] goals;

    private HiddenDistance(Targets targets, double[][] goals) {
        this.targets = targets;
        this.goals = goals;
    }

    /** From one goal for all places, [h]. */
    public static HiddenDistance toVector(Targets targets, double... goal) {
        return new HiddenDistance(targets, new double[][] {goal.clone()});
    }

    /** From each place's own goal, [n * steps, h]. */
    public static HiddenDistance toRows(Targets targets, double[][] goals) {
        Check.sameLength(goals.length, "goals", targets.size() * targets.steps(), "places of the targets");
        return new HiddenDistance(
                targets, Arrays.stream(goals).map(double[]::clone).toArray(double[][]::new));
    }

    /** {@code length u / |u|}, [h]: a control vector from any u that is not 0. */
    public static double[] control(double[] u, double length) {
        double norm = Math.sqrt(Arrays.stream(u).map(v -> v * v).sum());
        Check.positive(norm, "norm of u");
        return Arrays.stream(u).map(v -> length * v / norm).toArray();
    }

    /** A control vector of uniform draws, [size]. */
    public static double[] control(int size, double length, RandomGenerator rng) {
        return control(rng.doubles(size).toArray(), length);
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        targets.check(outputs, examples, gradient);
        double loss = 0;
        for (int i = 0; i < outputs.rows(); i++) {
            if (targets.label(examples, i, Integer.MAX_VALUE) >= 0) {
                int places = targets.counted(examples[i / targets.steps()]);
                double share = weight / ((double) examples.length * places * outputs.columns());
                loss += row(outputs, i, goal(targets.place(examples, i), outputs.columns()), share, gradient);
            }
        }
        return loss;
    }

    private double[] goal(int place, int width) {
        double[] goal = goals.length == 1 ? goals[0] : goals[place];
        if (goal.length != width) {
            throw new IllegalArgumentException(
                    "the reference model must have the model's " + width + " hidden units, had " + goal.length);
        }
        return goal;
    }

    private static double row(Tensor h, int i, double[] goal, double share, Tensor gradient) {
        double loss = 0;
        for (int j = 0; j < goal.length; j++) {
            double d = h.get(i, j) - goal[j];
            loss += share * d * d;
            gradient.set(i, j, gradient.get(i, j) + 2 * share * d);
        }
        return loss;
    }
}
