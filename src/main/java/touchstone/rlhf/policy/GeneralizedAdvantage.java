package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Generalised advantage estimation: {@code A_t = sum_l (gamma lambda)^l delta_{t+l}} with {@code delta_t = r_t + gamma V_{t+1} -
 * V_t}.
 *
 * <p>Follows the paper.
 *
 * @param gamma discount a step, in [0, 1]
 * @param lambda 0 trusts the values (little variance, biased by them), 1 the rewards; in [0, 1]
 */
@Reference("schulman2016high")
public record GeneralizedAdvantage(double gamma, double lambda) {
    public GeneralizedAdvantage {
        Check.probability(gamma, "gamma");
        Check.probability(lambda, "lambda");
    }

    /** gamma = 1 and lambda = 0.95, as is usual for language models. */
    public static GeneralizedAdvantage defaults() {
        return new GeneralizedAdvantage(1, 0.95);
    }

    /** Advantages of an episode that ends after its last reward, [t]. */
    public double[] of(double[] rewards, double[] values) {
        return of(rewards, values, 0);
    }

    /**
     * Advantages of an episode that was cut off.
     *
     * @param rewards finite, [t]
     * @param values V of the states before each reward, [t]
     * @param last V of the state after the last reward
     * @return advantages, [t]; adding the values gives the returns that a critic learns
     */
    public double[] of(double[] rewards, double[] values, double last) {
        Check.sameLength(rewards.length, "rewards", values.length, "values");
        Check.allFinite(rewards, "rewards");
        Check.allFinite(values, "values");
        double next = Check.finite(last, "last");
        double advantage = 0;
        var result = new double[rewards.length];
        for (int t = rewards.length - 1; t >= 0; t--) {
            advantage = rewards[t] + gamma * next - values[t] + gamma * lambda * advantage;
            result[t] = advantage;
            next = values[t];
        }
        return result;
    }
}
