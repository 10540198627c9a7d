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
        return targets.mean(outputs, examples, weight, gradient, outputs.columns(), (i, place, label, share) -> {
            double[] logP = LogSoftmax.of(outputs, i, 1);
            double weighted = share * Math.exp(beta * logP[label]);
            LogSoftmax.addSlope(gradient, i, logP, label, -weighted);
            return weighted * logP[label];
        });
    }
}
