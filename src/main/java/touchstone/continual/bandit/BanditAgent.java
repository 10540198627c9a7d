package touchstone.continual.bandit;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * An epsilon-greedy agent over action values: with probability {@code epsilon} any arm, else the arm of the largest estimate (the
 * first of equals); then {@code q = q + size (r - q)} for that arm.
 *
 * @param epsilon probability of a random arm, in [0, 1]
 * @param step size of the updates
 * @param initial first estimate of every arm
 */
@Reference("sutton2018reinforcement")
public record BanditAgent(double epsilon, StepSize step, double initial) {
    public BanditAgent {
        Check.probability(epsilon, "epsilon");
        Check.finite(initial, "initial");
    }

    /** Epsilon 0.1, step size 0.1, estimates that start at 0.5, the mean of the arms. */
    public static BanditAgent defaults() {
        return new BanditAgent(0.1, StepSize.constant(0.1), 0.5);
    }

    public BanditAgent withStep(StepSize size) {
        return new BanditAgent(epsilon, size, initial);
    }

    public BanditAgent withEpsilon(double e) {
        return new BanditAgent(e, step, initial);
    }

    /**
     * Plays a life from its first step to its last.
     *
     * @param seed of the random arms; agents with equal seeds explore at the same steps
     */
    public BanditRun play(SwitchingBandit.Life life, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "bandit agent");
        var q = new double[life.arms()];
        Arrays.fill(q, initial);
        var pulls = new int[life.arms()];
        var chosen = new int[life.steps()];
        var greedy = new int[life.steps()];
        for (int t = 0; t < life.steps(); t++) {
            boolean random = rng.nextDouble() < epsilon;
            int any = rng.nextInt(life.arms());
            greedy[t] = largest(q);
            int arm = random ? any : greedy[t];
            chosen[t] = arm;
            pulls[arm]++;
            q[arm] += step.at(pulls[arm], t + 1) * (life.reward(t, arm) - q[arm]);
        }
        return new BanditRun(life, chosen, greedy, q);
    }

    private static int largest(double[] q) {
        int best = 0;
        for (int a = 1; a < q.length; a++) {
            if (q[a] > q[best]) {
                best = a;
            }
        }
        return best;
    }
}
