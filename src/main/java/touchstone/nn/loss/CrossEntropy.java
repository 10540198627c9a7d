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
        var weights = new double[outputs.rows()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(examples[i / steps], label(examples, i, outputs.columns()));
        }
        double total = Arrays.stream(weights).sum();
        double loss = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                double share = weight * weights[i] / total;
                loss += share * row(outputs, i, label(examples, i, outputs.columns()), share, gradient);
            }
        }
        return loss;
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

    /** {@code -log p(label)}; adds {@code share (p - onehot)} to the gradient's row. */
    private static double row(Tensor z, int i, int label, double share, Tensor gradient) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < z.columns(); j++) {
            most = Math.max(most, z.get(i, j));
        }
        var e = new double[z.columns()];
        double sum = 0;
        for (int j = 0; j < e.length; j++) {
            e[j] = Math.exp(z.get(i, j) - most);
            sum += e[j];
        }
        for (int j = 0; j < e.length; j++) {
            double slope = e[j] / sum - (j == label ? 1 : 0);
            gradient.set(i, j, gradient.get(i, j) + share * slope);
        }
        return Math.log(sum) + most - z.get(i, label);
    }
}
