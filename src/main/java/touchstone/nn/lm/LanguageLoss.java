package touchstone.nn.lm;

import touchstone.nn.Tensor;

/** A loss of a batch of sequences. */
@FunctionalInterface
public interface LanguageLoss {
    /**
     * The loss and its gradient.
     *
     * @param logits [size * steps, vocabulary]; not to be changed
     * @param gradient of the logits' shape, to which {@code weight} times the gradient by the logits is added
     * @return {@code weight} times the loss
     */
    double add(Batch batch, Tensor logits, double weight, Tensor gradient);

    /** Mean of {@code -log p} of the targets by their weights, in nats a token; 0 for a batch without weight. */
    static LanguageLoss crossEntropy() {
        return (batch, logits, weight, gradient) -> {
            double total = batch.totalWeight();
            if (total == 0) {
                return 0;
            }
            var shares = new double[logits.rows()];
            for (int i = 0; i < batch.size(); i++) {
                for (int t = 0; t < batch.targets(i); t++) {
                    shares[batch.row(i, t)] = weight * batch.weight(i, t) / total;
                }
            }
            return TokenLogs.addCrossEntropy(logits, batch, shares, gradient);
        };
    }

    /** This loss plus {@code factor} times another. */
    default LanguageLoss plus(double factor, LanguageLoss other) {
        return (batch, logits, weight, gradient) ->
                add(batch, logits, weight, gradient) + other.add(batch, logits, weight * factor, gradient);
    }
}
