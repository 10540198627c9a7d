package touchstone.unlearn;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
import touchstone.unlearn.loss.Targets;
import touchstone.util.Check;

/**
 * Inputs with labels: one label an example for a classifier, or one a step for a model of sequences, where -1 leaves a step out.
 * Immutable; a selection shares nothing that can change.
 */
public final class Examples {
    private final double[][] inputs;
    private final int[] labels;
    private final int steps;

    private Examples(double[][] inputs, int[] labels, int steps) {
        this.inputs = inputs;
        this.labels = labels;
        this.steps = steps;
    }

    /** One label an example: inputs [n, d], labels [n], each 0 or more. */
    public static Examples of(double[][] inputs, int[] labels) {
        Check.allAtLeast(labels, 0, "labels");
        return sequences(inputs, labels, 1);
    }

    /** So many labels an example: inputs [n, d], labels [n * steps], each -1 or more. */
    public static Examples sequences(double[][] inputs, int[] labels, int steps) {
        Check.atLeast(steps, 1, "steps");
        Check.sameLength(inputs.length * steps, "inputs times steps", labels.length, "labels");
        Check.allAtLeast(labels, -1, "labels");
        for (int i = 0; i < inputs.length; i++) {
            Check.sameLength(inputs[i].length, "inputs[" + i + "]", inputs[0].length, "inputs[0]");
            Check.allFinite(inputs[i], "inputs[" + i + "]");
        }
        return new Examples(Arrays.stream(inputs).map(double[]::clone).toArray(double[][]::new), labels.clone(), steps);
    }

    /** Number of examples. */
    public int size() {
        return inputs.length;
    }

    /** Labels an example. */
    public int steps() {
        return steps;
    }

    /** The labels, [n * steps]. */
    public int[] labels() {
        return labels.clone();
    }

    /** A copy of an example's inputs, [d]. */
    public double[] input(int i) {
        return inputs[Check.index(i, size(), "example")].clone();
    }

    /** The examples of the given numbers, in that order. */
    public Examples select(int... numbers) {
        Check.allIndices(numbers, size(), "numbers");
        var picked = IntStream.of(numbers).mapToObj(i -> inputs[i]).toArray(double[][]::new);
        int[] their = IntStream.of(numbers)
                .flatMap(i -> IntStream.range(i * steps, (i + 1) * steps))
                .map(i -> labels[i])
                .toArray();
        return new Examples(picked, their, steps);
    }

    /** The same inputs with other labels, [n * steps]. */
    public Examples withLabels(int... others) {
        Check.sameLength(others.length, "labels", labels.length, "labels before");
        Check.allAtLeast(others, -1, "labels");
        return new Examples(inputs, others.clone(), steps);
    }

    /** These examples and then others of the same form. */
    public Examples and(Examples more) {
        Check.sameLength(more.steps, "steps of the other examples", steps, "steps");
        double[][] all = Arrays.copyOf(inputs, size() + more.size());
        System.arraycopy(more.inputs, 0, all, size(), more.size());
        int[] their = Arrays.copyOf(labels, labels.length + more.labels.length);
        System.arraycopy(more.labels, 0, their, labels.length, more.labels.length);
        return new Examples(all, their, steps);
    }

    /** The inputs as a tensor, [n, d]. */
    public Tensor tensor(Backend backend) {
        Tensor x = backend.zeros(size(), size() == 0 ? 0 : inputs[0].length);
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < inputs[i].length; j++) {
                x.set(i, j, inputs[i][j]);
            }
        }
        return x;
    }

    /** Cross-entropy to the labels. */
    public CrossEntropy crossEntropy() {
        return CrossEntropy.sequences(labels, steps);
    }

    /** The labels for the losses of unlearning. */
    public Targets targets() {
        return Targets.sequences(labels, steps);
    }

    @Override
    public String toString() {
        return "Examples[" + size() + (steps > 1 ? " of " + steps + " steps]" : "]");
    }
}
