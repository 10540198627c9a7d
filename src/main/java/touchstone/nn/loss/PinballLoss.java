package touchstone.nn.loss;

import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Quantile regression: output j of a network is pulled to the quantile {@code tau_j} of the target. Mean over the examples of
 * {@code sum_j max(tau_j (t - y_j), (tau_j - 1)(t - y_j))}; in units of the target, 0 or more. Where {@code t = y_j} the gradient is
 * taken as 0. Nothing keeps the quantiles of a row from crossing.
 */
@Reference("koenker1978regression")
public final class PinballLoss implements Loss {
    private final double[] targets;
    private final double[] levels;

    private PinballLoss(double[] targets, double[] levels) {
        this.targets = targets;
        this.levels = levels;
    }

    /**
     * The loss of finite targets, [n].
     *
     * @param levels the quantiles, one an output, [d], each in (0, 1)
     */
    public static PinballLoss of(double[] targets, double... levels) {
        Check.allFinite(targets, "targets");
        Check.nonEmpty(levels.length, "levels");
        for (int j = 0; j < levels.length; j++) {
            Check.insideUnit(levels[j], "levels[" + j + "]");
        }
        return new PinballLoss(targets.clone(), levels.clone());
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        outputs.demand(examples.length, levels.length, "outputs");
        gradient.demand(examples.length, levels.length, "gradient");
        double loss = 0;
        for (int i = 0; i < examples.length; i++) {
            double target = targets[Check.index(examples[i], targets.length, "examples[" + i + "]")];
            for (int j = 0; j < levels.length; j++) {
                double above = target - outputs.get(i, j);
                double slope = above > 0 ? levels[j] : above < 0 ? levels[j] - 1 : 0;
                loss += weight * slope * above / examples.length;
                gradient.set(i, j, gradient.get(i, j) - weight * slope / examples.length);
            }
        }
        return loss;
    }
}
