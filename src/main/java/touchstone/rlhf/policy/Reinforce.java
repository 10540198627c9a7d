package touchstone.rlhf.policy;

import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * REINFORCE: one step a batch along {@code mean over episodes of sum_t A_t grad log pi(a_t | s_t)}, with A the return from t on,
 * discounted, less a baseline.
 *
 * <p>Follows the paper; the baseline is the mean of the other episodes' returns from the same step on, which depends on
 * nothing that this episode did, so that the gradient stays unbiased.
 *
 * @param gamma discount a step, in [0, 1]
 * @param baseline whether there is a baseline
 */
@Reference("williams1992simple")
public record Reinforce(double gamma, boolean baseline) implements PolicyLearner {
    public Reinforce {
        Check.probability(gamma, "gamma");
    }

    /** Undiscounted, with the baseline. */
    public static Reinforce defaults() {
        return new Reinforce(1, true);
    }

    public Reinforce withGamma(double g) {
        return new Reinforce(g, baseline);
    }

    public Reinforce withBaseline(boolean on) {
        return new Reinforce(gamma, on);
    }

    @Override
    public int answers() {
        return 1;
    }

    @Override
    public Update start(SoftmaxPolicy start, long seed) {
        return (policy, batch, iteration) -> step(policy, batch, PolicyBatch.flat(advantages(batch.signal())));
    }

    /** Returns from each step on, less the baseline: [episodes][steps]. */
    double[][] advantages(double[][] signal) {
        int longest = 0;
        var result = new double[signal.length][];
        for (int i = 0; i < signal.length; i++) {
            result[i] = signal[i].clone();
            for (int t = result[i].length - 2; t >= 0; t--) {
                result[i][t] += gamma * result[i][t + 1];
            }
            longest = Math.max(longest, result[i].length);
        }
        for (int t = 0; t < longest && baseline; t++) {
            lower(result, t);
        }
        return result;
    }

    /** Takes the mean of the other episodes off the return at step t of each episode that has one; alone, nothing. */
    private static void lower(double[][] returns, int t) {
        double sum = 0;
        int n = 0;
        for (double[] episode : returns) {
            if (t < episode.length) {
                sum += episode[t];
                n++;
            }
        }
        for (double[] episode : returns) {
            if (t < episode.length && n > 1) {
                episode[t] -= (sum - episode[t]) / (n - 1);
            }
        }
    }

    /** One step along the advantages of all steps, [steps], summed over an episode and averaged over episodes. */
    static void step(PolicyDescent policy, PolicyBatch batch, double[] advantage) {
        int episodes = batch.episodes().size();
        int[] all = IntStream.range(0, advantage.length).toArray();
        policy.step(batch.rollout().states(), batch.rollout().actions(), logP -> {
            var slope = new double[logP.length];
            for (int i = 0; i < slope.length; i++) {
                slope[i] = -advantage[i] / episodes;
            }
            batch.addLossTerm(slope, logP, all, episodes);
            return slope;
        });
    }
}
