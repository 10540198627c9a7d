package touchstone.rlhf.policy;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Group-relative policy optimisation: every token of an answer has the advantage of the whole answer within the answers to its
 * prompt, under the clipped loss; no value function. Several objectives become one as the {@link GroupAdvantage} says. A
 * constrained cost is one more objective of weight -lambda, all weights divided by 1 + lambda; with {@link
 * GroupAdvantage.Aggregation#NORMALIZE_THEN_SUM} lambda is then the price of a cost in its standard deviations.
 *
 * <p>Differs from the first paper: the clipped loss is a mean over the tokens of a minibatch, not over answers of means over
 * their tokens. Answers of one length are the same either way.
 *
 * @param answers to each prompt, 2 or more
 * @param advantage how rewards of a group become advantages
 * @param passes over a batch
 */
@Reference({"shao2024deepseekmath", "liu2026gdpo"})
public record Grpo(int answers, GroupAdvantage advantage, ClippedEpochs passes) implements PolicyLearner {
    public Grpo {
        Check.atLeast(answers, 2, "answers");
    }

    /** Eight answers, sum then normalise, four passes in minibatches of 64 steps. */
    public static Grpo defaults() {
        return new Grpo(8, GroupAdvantage.defaults(), ClippedEpochs.defaults());
    }

    public Grpo withAnswers(int count) {
        return new Grpo(count, advantage, passes);
    }

    public Grpo withAdvantage(GroupAdvantage a) {
        return new Grpo(answers, a, passes);
    }

    public Grpo withPasses(ClippedEpochs p) {
        return new Grpo(answers, advantage, p);
    }

    @Override
    public Update start(SoftmaxPolicy start, long seed) {
        return (policy, batch, iteration) -> {
            double[] perAnswer = PolicyBatch.flat(advantages(batch));
            long order = Seeds.rng(seed, "grpo", iteration).nextLong();
            passes.run(policy, batch, batch.spread(perAnswer), order, steps -> {});
        };
    }

    /** Advantages of the answers, [groups, answers]. */
    double[][] advantages(PolicyBatch batch) {
        double[] charge = batch.episodeCharges();
        double[] costs = batch.episodeCosts();
        double[] weights = batch.weights();
        boolean charged = Arrays.stream(charge).anyMatch(c -> c != 0);
        if (charged && advantage.aggregation() == GroupAdvantage.Aggregation.NORMALIZE_THEN_SUM) {
            throw new IllegalArgumentException("with NORMALIZE_THEN_SUM the divergence must be charged in the loss, "
                    + "was charged in the reward, where its price would be normalised away");
        }
        int objectives = weights.length;
        boolean costly = batch.lambda() > 0;
        int columns = objectives + (costly ? 1 : 0) + (charged ? 1 : 0);
        var rewards = new double[charge.length / answers][answers][columns];
        for (int i = 0; i < charge.length; i++) {
            double[] row = rewards[i / answers][i % answers];
            for (int k = 0; k < objectives; k++) {
                row[k] = batch.episodes().get(i).reward(k);
            }
            if (costly) {
                row[objectives] = costs[i];
            }
            if (charged) {
                row[columns - 1] = charge[i];
            }
        }
        return advantage.of(rewards, weights(weights, batch.lambda(), columns, charged));
    }

    private static double[] weights(double[] weights, double lambda, int columns, boolean charged) {
        var result = new double[columns];
        for (int k = 0; k < weights.length; k++) {
            result[k] = weights[k] / (1 + lambda);
        }
        if (lambda > 0) {
            result[weights.length] = -lambda / (1 + lambda);
        }
        if (charged) {
            result[columns - 1] = -1;
        }
        return result;
    }
}
