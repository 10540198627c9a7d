package touchstone.rlhf.safety;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.rlhf.policy.Environment;
import touchstone.rlhf.policy.Policy;
import touchstone.util.Check;

/**
 * Answers to one prompt, each with a sure reward and a cost drawn anew at each use, whose mean is known: how often a method gives
 * out an unsafe policy can be counted. The state is the vector of 0 alone.
 */
public final class RiskyAnswers implements Environment {
    private final double[] rewards;
    private final double[] means;
    private final List<SafetyPower.Costs> costs;

    private RiskyAnswers(double[] rewards, double[] means, List<SafetyPower.Costs> costs) {
        Check.nonEmpty(rewards.length, "rewards");
        Check.allFinite(rewards, "rewards");
        Check.allFinite(means, "means");
        this.rewards = rewards.clone();
        this.means = means.clone();
        this.costs = List.copyOf(costs);
    }

    /** Costs are {@code high} with a probability of the answer's own, else {@code low}: rewards and probabilities [actions]. */
    public static RiskyAnswers harm(double[] rewards, double[] probabilities, double low, double high) {
        Check.sameLength(probabilities.length, "probabilities", rewards.length, "rewards");
        return new RiskyAnswers(
                rewards,
                Arrays.stream(probabilities).map(p -> low + p * (high - low)).toArray(),
                Arrays.stream(probabilities)
                        .mapToObj(p -> SafetyPower.Costs.harm(p, low, high))
                        .toList());
    }

    /** Costs are normal with means of their own, [actions], and one deviation, 0 or more. */
    public static RiskyAnswers normal(double[] rewards, double[] means, double deviation) {
        Check.sameLength(means.length, "means", rewards.length, "rewards");
        Check.notNegative(deviation, "deviation");
        List<SafetyPower.Costs> laws = Arrays.stream(means)
                .<SafetyPower.Costs>mapToObj(m -> rng -> m + deviation * rng.nextGaussian())
                .toList();
        return new RiskyAnswers(rewards, means, laws);
    }

    /** Expected cost of a policy, exactly. */
    public double cost(Policy policy) {
        return mean(policy, means);
    }

    /** Expected reward of a policy, exactly. */
    public double reward(Policy policy) {
        return mean(policy, rewards);
    }

    private static double mean(Policy policy, double[] values) {
        double[] p = policy.probabilities(0);
        double sum = 0;
        for (int a = 0; a < p.length; a++) {
            sum += p[a] * values[a];
        }
        return sum;
    }

    @Override
    public int actions() {
        return rewards.length;
    }

    @Override
    public int prompts() {
        return 1;
    }

    @Override
    public Episode start(int prompt, RandomGenerator rng) {
        return new Episode() {
            @Override
            public double[] state() {
                return new double[] {0};
            }

            @Override
            public Step step(int action) {
                return Step.of(rewards[action], costs.get(action).draw(rng), true);
            }
        };
    }
}
