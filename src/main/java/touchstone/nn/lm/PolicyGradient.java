package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Learning from rewards of whole answers by REINFORCE: answers are drawn from the model as it is, and
 * {@code -mean (reward - mean reward of the batch) log p(answer | prompt)} is lowered, p over the answer's tokens.
 *
 * <p>Follows the paper, with the batch's mean reward as its baseline; without a penalty for leaving the start.
 *
 * @param trainer how gradients change the model; a step is a batch
 * @param batch prompts a step, 2 or more
 * @param seed of prompts and answers
 */
@Reference("williams1992simple")
public record PolicyGradient(LanguageTrainer trainer, int batch, long seed) {
    public PolicyGradient {
        Check.atLeast(batch, 2, "batch");
    }

    /**
     * Trains a model in place.
     *
     * @param prompts gives a prompt, of one token or more
     * @param most tokens of an answer, which a stop token may end before
     * @param stop token that ends an answer, or -1
     * @param reward of a prompt and its answer; higher is better
     * @return mean reward of each step's answers before the step, [steps]
     */
    public double[] fit(
            LanguageModel model,
            Function<RandomGenerator, int[]> prompts,
            int most,
            int stop,
            ToDoubleBiFunction<int[], int[]> reward) {
        var means = new ArrayList<Double>();
        var advantages = new double[batch];
        Batches drawn = step -> {
            List<int[]> asked = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                asked.add(prompts.apply(Seeds.rng(seed, "prompt", step * batch + i)));
            }
            long draws = Seeds.rng(seed, "answers", step).nextLong();
            List<int[]> answers =
                    Sampler.of(most).withStop(stop).withSeed(draws).generate(model, asked);
            var samples = new ArrayList<Sample>();
            double mean = 0;
            for (int i = 0; i < batch; i++) {
                samples.add(Sample.answer(asked.get(i), answers.get(i)));
                advantages[i] = Check.finite(reward.applyAsDouble(asked.get(i), answers.get(i)), "reward");
                mean += advantages[i] / batch;
            }
            for (int i = 0; i < batch; i++) {
                advantages[i] -= mean;
            }
            means.add(mean);
            return Batch.of(samples);
        };
        trainer.fit(model, drawn, loss(advantages));
        return means.stream().mapToDouble(m -> m).toArray();
    }

    /** {@code -mean advantage log p(tokens that count)} of a batch. */
    static LanguageLoss loss(double[] advantages) {
        return (batch, logits, weight, gradient) -> {
            double[][] logs = TokenLogs.of(logits, batch);
            var factors = new double[logs.length][];
            double value = 0;
            for (int i = 0; i < logs.length; i++) {
                factors[i] = new double[logs[i].length];
                for (int t = 0; t < logs[i].length; t++) {
                    factors[i][t] = -weight * advantages[i] * batch.weight(i, t) / logs.length;
                    value += factors[i][t] == 0 ? 0 : factors[i][t] * logs[i][t];
                }
            }
            TokenLogs.addGradient(logits, batch, factors, gradient);
            return value;
        };
    }
}
