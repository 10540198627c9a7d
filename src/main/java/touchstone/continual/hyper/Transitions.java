package touchstone.continual.hyper;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Steps of one system.
 *
 * @param inputs state and action of each step, [n, inputs], finite; n is 1 or more
 * @param changes of the state, [n, outputs], finite
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Transitions(double[][] inputs, double[][] changes) {
    public Transitions {
        Check.nonEmpty(inputs.length, "inputs");
        Check.sameLength(inputs.length, "inputs", changes.length, "changes");
        inputs = copied(inputs, "inputs");
        changes = copied(changes, "changes");
    }

    private static double[][] copied(double[][] rows, String name) {
        var out = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            Check.sameLength(rows[i].length, name + "[" + i + "]", rows[0].length, name + "[0]");
            Check.allFinite(rows[i], name + "[" + i + "]");
            out[i] = rows[i].clone();
        }
        return out;
    }

    /** Number of steps. */
    public int size() {
        return inputs.length;
    }

    /** Up to so many steps, drawn at random without repetition. */
    public Transitions sample(int count, RandomGenerator random) {
        Check.atLeast(count, 1, "count");
        int[] order = Seeds.permutation(size(), random);
        return rows(Arrays.copyOf(order, Math.min(count, size())));
    }

    /** The steps of these numbers, which may repeat. */
    Transitions rows(int[] numbers) {
        return new Transitions(
                Arrays.stream(numbers).mapToObj(i -> inputs[i]).toArray(double[][]::new),
                Arrays.stream(numbers).mapToObj(i -> changes[i]).toArray(double[][]::new));
    }

    @Override
    public double[][] inputs() {
        return copied(inputs, "inputs");
    }

    @Override
    public double[][] changes() {
        return copied(changes, "changes");
    }

    /** Mean squared error of predicted changes [n, outputs], over steps and outputs. */
    public double error(double[][] predicted) {
        Check.sameLength(predicted.length, "predicted", changes.length, "changes");
        double sum = 0;
        for (int i = 0; i < changes.length; i++) {
            Check.sameLength(predicted[i].length, "predicted[" + i + "]", changes[i].length, "changes of a step");
            for (int j = 0; j < changes[i].length; j++) {
                double off = predicted[i][j] - changes[i][j];
                sum += off * off;
            }
        }
        return sum / (changes.length * (double) changes[0].length);
    }
}
