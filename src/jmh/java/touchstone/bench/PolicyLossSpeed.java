package touchstone.bench;

import java.util.Locale;
import java.util.random.RandomGenerator;
import touchstone.rlhf.policy.GroupAdvantage;
import touchstone.rlhf.policy.KlEstimator;
import touchstone.rlhf.policy.PpoClip;
import touchstone.util.Seeds;

/**
 * Losses of policies a second, with gradients: PPO's clipped loss over n tokens, and GRPO's over groups of 8 answers: advantages from
 * rewards, the clipped loss and a k3 penalty of weight 0.04. Prints a line a case: name, tokens, losses a second.
 */
public final class PolicyLossSpeed {
    private static final int ANSWERS = 8;
    private static final double BETA = 0.04;
    private static double sink;

    private PolicyLossSpeed() {}

    /** Runs all. */
    public static void main(String[] args) {
        for (int[] size : new int[][] {{8, 1}, {8, 16}, {32, 256}}) {
            time("ppo", size[0], size[1]);
            time("grpo", size[0], size[1]);
        }
        if (Double.isNaN(sink)) {
            throw new IllegalStateException("a loss was NaN");
        }
    }

    private static void time(String name, int groups, int tokens) {
        int n = groups * ANSWERS * tokens;
        RandomGenerator rng = Seeds.rng(1, name, n);
        double[] old = rng.doubles(n).map(u -> -3 * u).toArray();
        double[] now = new double[n];
        double[] reference = new double[n];
        double[] advantage = new double[n];
        var rewards = new double[groups][ANSWERS];
        for (int i = 0; i < n; i++) {
            now[i] = old[i] + 0.2 * rng.nextGaussian();
            reference[i] = old[i] + 0.2 * rng.nextGaussian();
            advantage[i] = rng.nextGaussian();
            rewards[i / (tokens * ANSWERS)][i / tokens % ANSWERS] = rng.nextGaussian();
        }
        double best = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            int k = 0;
            while (System.nanoTime() - start < 300_000_000) {
                sink += name.equals("ppo")
                        ? PpoClip.defaults().of(now, old, advantage).gradient()[k % n]
                        : grpo(now, old, reference, rewards, tokens)[k % n];
                k++;
            }
            best = Math.max(best, k / ((System.nanoTime() - start) / 1e9));
        }
        System.out.println(String.format(Locale.ROOT, "%s %d %.1f", name, n, best));
    }

    /** The gradient of GRPO's loss by the log-probabilities. */
    private static double[] grpo(double[] now, double[] old, double[] reference, double[][] rewards, int tokens) {
        double[][] a = GroupAdvantage.defaults().of(rewards);
        int n = now.length;
        var advantage = new double[n];
        for (int i = 0; i < n; i++) {
            advantage[i] = a[i / (tokens * ANSWERS)][i / tokens % ANSWERS];
        }
        PpoClip.Result clip = PpoClip.defaults().of(now, old, advantage);
        double[] gradient = clip.gradient();
        double loss = clip.loss();
        for (int i = 0; i < n; i++) {
            loss += BETA * KlEstimator.K3.of(now[i], reference[i]) / n;
            gradient[i] += BETA * KlEstimator.K3.slope(now[i], reference[i]) / n;
        }
        sink += loss;
        return gradient;
    }
}
