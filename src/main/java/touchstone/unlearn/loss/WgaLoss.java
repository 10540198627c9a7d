package touchstone.unlearn.loss;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Weighted gradient ascent, {@code p^beta log p} of each label, the mean over the places that count; 0 or less. The weight
 * {@code p^beta} is held constant in the gradient, so that what is unlikely already is pushed no further.
 */
@Reference("wang2025rethinking")
public final class WgaLoss implements Loss {
    private final Targets targets;
    private final double beta;

    /** With beta 0 or more; 0 is gradient ascent. */
    public WgaLoss(Targets targets, double beta) {
        this.targets = targets;
        this.beta = Check.notNegative(beta, "beta");
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        targets.check(outputs, examples, gradient);
        int counted = targets.counted(examples);
        double loss = 0;
        for (int i = 0; i < outputs.rows(); i++) {
            int label = targets.label(examples, i, outputs.columns());
            if (label >= 0) {
                double[] logP = LogSoftmax.of(outputs, i, 1);
                double share = weight / counted * Math.exp(beta * logP[label]);
                loss += share * logP[label];
                LogSoftmax.addSlope(gradient, i, logP, label, -share);
            }
        }
        return loss;
    }
}
