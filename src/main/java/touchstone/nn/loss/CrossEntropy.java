package touchstone.nn.loss;

import java.util.Arrays;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Mean cross-entropy of softmax, in nats, {@code -sum_i w_i log p_i(label_i) / sum_i w_i} over the rows of the outputs (the
 * logits, [n * steps, c]), with {@code w_i} the weight of the row's class times the weight of its example. A label of -1
 * leaves its row out; a batch without any weight has loss 0.
 */
public final class CrossEntropy implements Loss {
    private final int[] labels;
    private final int steps;
    private final double[] classWeights;
    private final double[] exampleWeights;

    private CrossEntropy(int[] labels, int steps, double[] classWeights, double[] exampleWeights) {
        this.labels = labels;
        this.steps = steps;
        this.classWeights = classWeights;
        this.exampleWeights = exampleWeights;
    }

    /** One label an example, [n], each -1 or more. */
    public static CrossEntropy of(int... labels) {
        return sequences(labels, 1);
    }

    /** So many labels an example, one a step, [n * steps], each -1 or more. */
    public static CrossEntropy sequences(int[] labels, int steps) {
        Check.atLeast(steps, 1, "steps");
        if (labels.length % steps != 0) {
            throw new IllegalArgumentException(
                    "labels must be a multiple of the " + steps + " steps long, had " + labels.length);
        }
        Check.allAtLeast(labels, -1, "labels");
        return new CrossEntropy(labels.clone(), steps, new double[0], new double[0]);
    }

    /** With a weight of 0 or more for each class, [c]. */
    public CrossEntropy withClassWeights(double... weights) {
        return new CrossEntropy(labels, steps, checked(weights, "classWeights"), exampleWeights);
    }

    /** With a weight of 0 or more for each example, [n]. */
    public CrossEntropy withExampleWeights(double... weights) {
        Check.sameLength(weights.length, "exampleWeights", labels.length / steps, "examples");
        return new CrossEntropy(labels, steps, classWeights, checked(weights, "exampleWeights"));
    }

    private static double[] checked(double[] weights, String name) {
        for (int i = 0; i < weights.length; i++) {
            Check.notNegative(weights[i], name + "[" + i + "]");
        }
        return weights.clone();
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        outputs.demand(examples.length * steps, outputs.columns(), "outputs");
        gradient.demand(outputs.rows(), outputs.columns(), "gradient");
        if (classWeights.length > 0) {
            Check.sameLength(classWeights.length, "classWeights", outputs.columns(), "logits of a row");
        }
        var found = new int[outputs.rows()];
        var shares = new double[outputs.rows()];
        for (int i = 0; i < shares.length; i++) {
            found[i] = label(examples, i, outputs.columns());
            shares[i] = weight(examples[i / steps], found[i]);
        }
        double total = Arrays.stream(shares).sum();
        for (int i = 0; i < shares.length; i++) {
            shares[i] = shares[i] > 0 ? weight * shares[i] / total : 0;
        }
        return outputs.addCrossEntropy(found, shares, gradient);
    }

    private int label(int[] examples, int row, int classes) {
        int at = examples[row / steps] * steps + row % steps;
        int label = labels[Check.index(at, labels.length, "examples[" + row / steps + "]")];
        return label < 0 ? label : Check.index(label, classes, "labels[" + at + "]");
    }

    private double weight(int example, int label) {
        double byClass = label < 0 ? 0 : classWeights.length == 0 ? 1 : classWeights[label];
        return exampleWeights.length == 0 ? byClass : byClass * exampleWeights[example];
    }
}
