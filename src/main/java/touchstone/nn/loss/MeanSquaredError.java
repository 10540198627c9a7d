package touchstone.nn.loss;

import java.util.Arrays;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Mean squared error, {@code sum_ij w_i (y_ij - t_ij)^2 / (d sum_i w_i)} over examples i and the d outputs; in squared units of
 * the target, 0 or more.
 */
public final class MeanSquaredError implements Loss {
    private final double[][] targets;
    private final double[] weights;

    private MeanSquaredError(double[][] targets, double[] weights) {
        this.targets = targets;
        this.weights = weights;
    }

    /** Finite targets [n, d], all of weight 1. */
    public static MeanSquaredError of(double[][] targets) {
        for (int i = 0; i < targets.length; i++) {
            Check.allFinite(targets[i], "targets[" + i + "]");
        }
        var ones = new double[targets.length];
        Arrays.fill(ones, 1);
        return new MeanSquaredError(Arrays.stream(targets).map(double[]::clone).toArray(double[][]::new), ones);
    }

    /** With a weight of 0 or more for each example, [n]. */
    public MeanSquaredError withExampleWeights(double... exampleWeights) {
        Check.sameLength(exampleWeights.length, "exampleWeights", targets.length, "targets");
        for (int i = 0; i < exampleWeights.length; i++) {
            Check.notNegative(exampleWeights[i], "exampleWeights[" + i + "]");
        }
        return new MeanSquaredError(targets, exampleWeights.clone());
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        int d = outputs.columns();
        outputs.demand(examples.length, d, "outputs");
        gradient.demand(examples.length, d, "gradient");
        double total = Arrays.stream(examples).mapToDouble(e -> weights[e]).sum() * d;
        double loss = 0;
        for (int i = 0; i < examples.length && total > 0; i++) {
            double[] target = targets[examples[i]];
            Check.sameLength(target.length, "targets[" + examples[i] + "]", d, "outputs of a row");
            double share = weight * weights[examples[i]] / total;
            for (int j = 0; j < d; j++) {
                double off = outputs.get(i, j) - target[j];
                loss += share * off * off;
                gradient.set(i, j, gradient.get(i, j) + 2 * share * off);
            }
        }
        return loss;
    }
}
