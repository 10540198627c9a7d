package touchstone.continual.hyper;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How far a hypernetwork's outputs for earlier tasks have moved, {@code 1/k sum_j |h(e_j) - h_old(e_j)|^2} over k tasks; 0 or more, in
 * squared units of the weights. Outputs and targets are [k, weights], a row a task.
 */
@Reference({"vonoswald2020continual", "huang2021continual"})
public final class OutputRegulariser implements Loss {
    private final double[][] targets;

    private OutputRegulariser(double[][] targets) {
        this.targets = targets;
    }

    /** Holds to the outputs of old, [k, weights], k of 0 or more; copied. */
    public static OutputRegulariser of(Tensor old) {
        return new OutputRegulariser(old.toMatrix());
    }

    /** Number of tasks k. */
    public int tasks() {
        return targets.length;
    }

    /** Adds for the first k rows of outputs; further rows are left alone. */
    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        Check.atLeast(outputs.rows(), targets.length, "rows of outputs");
        gradient.demand(outputs.rows(), outputs.columns(), "gradient");
        double share = targets.length == 0 ? 0 : weight / targets.length;
        double loss = 0;
        for (int i = 0; i < targets.length; i++) {
            Check.sameLength(outputs.columns(), "outputs of a row", targets[i].length, "targets of a row");
            for (int j = 0; j < targets[i].length; j++) {
                double off = outputs.get(i, j) - targets[i][j];
                loss += share * off * off;
                gradient.set(i, j, gradient.get(i, j) + 2 * share * off);
            }
        }
        return loss;
    }
}
