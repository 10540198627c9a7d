package touchstone.rlhf.policy;

import java.util.random.RandomGenerator;
import touchstone.util.Check;

/**
 * Answers to choose from, one a prompt: an episode of one step, with any number of rewards. The state shown is the features of the
 * prompt, or its number alone.
 */
public final class ContextualBandit implements Environment {
    private final double[][] features;
    private final double[][][] rewards;
    private final double[][] costs;

    private ContextualBandit(double[][] features, double[][][] rewards, double[][] costs) {
        this.features = features;
        this.rewards = rewards;
        this.costs = costs;
    }

    /**
     * A bandit whose state is the number of the prompt.
     *
     * @param rewards finite, [prompts, actions, objectives]
     * @param costs finite, [prompts, actions]
     */
    public static ContextualBandit of(double[][][] rewards, double[][] costs) {
        var numbers = new double[rewards.length][1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i][0] = i;
        }
        return of(numbers, rewards, costs);
    }

    /** A bandit whose state is a vector of features of the prompt, [prompts, d]. */
    public static ContextualBandit of(double[][] features, double[][][] rewards, double[][] costs) {
        Check.nonEmpty(rewards.length, "rewards");
        Check.sameLength(features.length, "features", rewards.length, "rewards");
        Check.sameLength(costs.length, "costs", rewards.length, "rewards");
        int actions = costs[0].length;
        Check.nonEmpty(actions, "costs[0]");
        var f = new double[features.length][];
        var r = new double[rewards.length][][];
        var c = new double[costs.length][];
        for (int i = 0; i < r.length; i++) {
            Check.sameLength(rewards[i].length, "rewards[" + i + "]", actions, "costs[0]");
            Check.sameLength(costs[i].length, "costs[" + i + "]", actions, "costs[0]");
            Check.allFinite(features[i], "features[" + i + "]");
            Check.allFinite(costs[i], "costs[" + i + "]");
            f[i] = features[i].clone();
            c[i] = costs[i].clone();
            r[i] = new double[actions][];
            for (int a = 0; a < actions; a++) {
                Check.sameLength(
                        rewards[i][a].length, "rewards[" + i + "][" + a + "]", rewards[0][0].length, "rewards[0][0]");
                Check.allFinite(rewards[i][a], "rewards[" + i + "][" + a + "]");
                r[i][a] = rewards[i][a].clone();
            }
        }
        return new ContextualBandit(f, r, c);
    }

    /** Expected reward of one objective under a policy, over prompts drawn evenly. */
    public double reward(Policy policy, int objective) {
        double[][] logP = policy.logProbs(features);
        double sum = 0;
        for (int i = 0; i < rewards.length; i++) {
            for (int a = 0; a < costs[i].length; a++) {
                sum += Math.exp(logP[i][a]) * rewards[i][a][objective];
            }
        }
        return sum / rewards.length;
    }

    /** Expected cost under a policy, over prompts drawn evenly. */
    public double cost(Policy policy) {
        double[][] logP = policy.logProbs(features);
        double sum = 0;
        for (int i = 0; i < costs.length; i++) {
            for (int a = 0; a < costs[i].length; a++) {
                sum += Math.exp(logP[i][a]) * costs[i][a];
            }
        }
        return sum / costs.length;
    }

    /** Mean over prompts of KL(policy || reference), in nats. */
    public double divergence(Policy policy, Policy reference) {
        double[][] logP = policy.logProbs(features);
        double[][] logQ = reference.logProbs(features);
        double sum = 0;
        for (int i = 0; i < logP.length; i++) {
            sum += Policy.divergence(logP[i], logQ[i]);
        }
        return sum / logP.length;
    }

    @Override
    public int actions() {
        return costs[0].length;
    }

    @Override
    public int prompts() {
        return costs.length;
    }

    @Override
    public int objectives() {
        return rewards[0][0].length;
    }

    @Override
    public Episode start(int prompt, RandomGenerator rng) {
        return new Episode() {
            @Override
            public double[] state() {
                return features[prompt].clone();
            }

            @Override
            public Step step(int action) {
                return new Step(rewards[prompt][action].clone(), costs[prompt][action], true);
            }
        };
    }
}
