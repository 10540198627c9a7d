package touchstone.guard.finetune;

import java.util.List;
import touchstone.data.world.Dialogue;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.LanguageTrainer;
import touchstone.nn.lm.Lora;
import touchstone.nn.lm.Speaker;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A user's fine-tuning of an aligned model on a few dialogues, over and over, under a restraint of its owner.
 *
 * <p>Departs from the paper: the number of steps, not of rounds, is the same for any number of examples, so that curves over the
 * number show what the examples say and not how long one trains.
 *
 * @param trainer how steps are taken
 * @param batch dialogues a step, 1 or more; fewer where there are not so many
 * @param restraint of the owner
 */
@Reference({"qi2024finetuning", "lermen2023lora"})
public record FineTune(LanguageTrainer trainer, int batch, Restraint restraint) {
    public FineTune {
        Check.atLeast(batch, 1, "batch");
    }

    /** 60 steps of up to 10 dialogues by Adam at 1e-3, a fifth of the highest rate of {@link Refuser}'s pretraining, without restraint. */
    public static FineTune defaults() {
        var trainer = LanguageTrainer.defaults()
                .withOptimizer(AdamW.defaults().withDecay(0))
                .withSchedule(Schedule.constant(1e-3))
                .withSteps(60);
        return new FineTune(trainer, 10, Restraint.none());
    }

    public FineTune withSteps(int count) {
        return new FineTune(trainer.withSteps(count), batch, restraint);
    }

    public FineTune withRate(double rate) {
        return new FineTune(trainer.withSchedule(Schedule.constant(rate)), batch, restraint);
    }

    public FineTune withBatch(int size) {
        return new FineTune(trainer, size, restraint);
    }

    public FineTune under(Restraint other) {
        return new FineTune(trainer, batch, other);
    }

    /** A tuned copy; of no examples, the start itself. */
    public Speaker apply(Speaker start, List<Dialogue> examples, long seed) {
        return examples.isEmpty() ? start : tuned(start, start.model().copy(), examples, seed);
    }

    /** A copy tuned through adapters alone, which are then merged into its matrices; of no examples, the start itself. */
    public Speaker apply(Speaker start, Lora lora, List<Dialogue> examples, long seed) {
        if (examples.isEmpty()) {
            return start;
        }
        Speaker tuned = tuned(start, start.model().withLora(lora), examples, seed);
        return tuned.with(tuned.model().merged());
    }

    private Speaker tuned(Speaker start, LanguageModel copy, List<Dialogue> examples, long seed) {
        LanguageModel frozen = start.model().frozen();
        Batches user = Batches.of(start.answers(examples), Math.min(batch, examples.size()), seed);
        LanguageLoss loss = restraint.loss(LanguageLoss.crossEntropy(), frozen);
        trainer.withOptimizer(restraint.steps(trainer.optimizer(), frozen)).fit(copy, restraint.data(user), loss);
        return start.with(copy);
    }

    /** Share of a model's numbers that adapters would train, in (0, 1): those of the adapters over those of the model without. */
    public static double share(LanguageModel model, Lora lora) {
        return (double) model.withLora(lora).trainedSize() / model.size();
    }
}
