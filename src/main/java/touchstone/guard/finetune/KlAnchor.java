package touchstone.guard.finetune;

import touchstone.nn.lm.Distillation;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
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
        return user.plus(weight, Distillation.of(start, 1));
    }
}
