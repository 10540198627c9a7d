package touchstone.guard.finetune;

import touchstone.nn.Tensor;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.TokenLogs;
import touchstone.util.Check;

/**
 * Adds {@code weight} times the divergence {@code KL(start || tuned)} of the next word, in nats, the mean over the words of the batch
 * that count, by their weights.
 *
 * @param weight 0 or more
 */
public record KlAnchor(double weight) implements Restraint {
    public KlAnchor {
        Check.notNegative(weight, "weight");
    }

    @Override
    public LanguageLoss loss(LanguageLoss user, LanguageModel start) {
        return user.plus(weight, divergence(start));
    }

    /** The divergence from a reference of the same vocabulary, in nats a word that counts; 0 for a batch without weight. */
    static LanguageLoss divergence(LanguageModel reference) {
        return (batch, logits, weight, gradient) -> {
            double total = batch.totalWeight();
            Tensor held = reference.logits(batch);
            double sum = 0;
            for (int i = 0; i < batch.size() && total > 0; i++) {
                for (int t = 0; t < batch.targets(i); t++) {
                    double factor = weight * batch.weight(i, t) / total;
                    if (factor != 0) {
                        sum += factor * word(held, logits, batch, i, t, factor, gradient);
                    }
                }
            }
            return sum;
        };
    }

    private static double word(Tensor held, Tensor logits, Batch batch, int i, int t, double factor, Tensor gradient) {
        double[] p = TokenLogs.row(held, batch, i, t);
        double[] q = TokenLogs.row(logits, batch, i, t);
        int row = batch.row(i, t);
        double kl = 0;
        for (int j = 0; j < p.length; j++) {
            double share = Math.exp(p[j]);
            kl += share == 0 ? 0 : share * (p[j] - q[j]);
            gradient.set(row, j, gradient.get(row, j) + factor * (Math.exp(q[j]) - share));
        }
        return kl;
    }
}
