package touchstone.unlearn.loss;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Self-distillation to adjusted logits: cross-entropy to {@code softmax(ref - strength onehot(label))}, nats, the mean over the places
 * that count. It has a minimum, unlike ascent. The framework's program averages over padding as well: give it labels there too.
 */
@Reference("dong2024undial")
public final class UndialLoss implements Loss {
    private final Targets targets;
    private final ReferenceLogits reference;
    private final double strength;

    /** With the strength taken from the label's logit, 0 or more. */
    public UndialLoss(Targets targets, ReferenceLogits reference, double strength) {
        this.targets = targets;
        this.reference = reference;
        this.strength = Check.notNegative(strength, "strength");
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        int classes = outputs.columns();
        return targets.mean(outputs, examples, weight, gradient, classes, (i, place, label, share) -> {
            double[] wanted = reference.scaled(place, classes, 1);
            wanted[label] -= strength;
            return row(outputs, i, LogSoftmax.of(wanted), share, gradient);
        });
    }

    private static double row(Tensor z, int i, double[] wanted, double share, Tensor gradient) {
        double[] logP = LogSoftmax.of(z, i, 1);
        double loss = 0;
        for (int j = 0; j < logP.length; j++) {
            double q = Math.exp(wanted[j]);
            loss -= share * q * logP[j];
            gradient.set(i, j, gradient.get(i, j) + share * (Math.exp(logP[j]) - q));
        }
        return loss;
    }
}
