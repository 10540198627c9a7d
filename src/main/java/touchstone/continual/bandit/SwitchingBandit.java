package touchstone.continual.bandit;

import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A bandit with rewards of 0 and 1 whose arms change: before each step but the first, with probability {@code switching}, the
 * chances of all arms are drawn anew, uniform on [0, 1). With 0 it is the usual stationary bandit.
 *
 * <p>The one-state form of the paper's switching Markov decision processes.
 *
 * @param arms number of arms, 1 or more
 * @param switching probability of a switch at a step, in [0, 1]
 * @param seed of all that is drawn
 */
@Reference("abel2023definition")
public record SwitchingBandit(int arms, double switching, long seed) {
    public SwitchingBandit {
        Check.atLeast(arms, 1, "arms");
        Check.probability(switching, "switching");
    }

    /** Ten arms, a switch every 500 steps on average, seed 1. */
    public static SwitchingBandit defaults() {
        return new SwitchingBandit(10, 1.0 / 500, 1);
    }

    public SwitchingBandit withSwitching(double probability) {
        return new SwitchingBandit(arms, probability, seed);
    }

    public SwitchingBandit withSeed(long s) {
        return new SwitchingBandit(arms, switching, s);
    }

    /** Draws a life of so many steps. Agents that play the same life meet the same switches and the same luck. */
    public Life life(int steps) {
        return new Life(this, Check.atLeast(steps, 1, "steps"));
    }

    /** The chances and the luck of every step; immutable. */
    public static final class Life {
        private final double[][] chances;
        private final double[] luck;
        private final int switches;

        private Life(SwitchingBandit bandit, int steps) {
            RandomGenerator when = Seeds.rng(bandit.seed, "bandit switches");
            RandomGenerator draws = Seeds.rng(bandit.seed, "bandit luck");
            chances = new double[steps][];
            luck = new double[steps];
            double[] present = chances(bandit, 0);
            int count = 0;
            for (int t = 0; t < steps; t++) {
                if (t > 0 && when.nextDouble() < bandit.switching) {
                    count++;
                    present = chances(bandit, count);
                }
                chances[t] = present;
                luck[t] = draws.nextDouble();
            }
            switches = count;
        }

        private static double[] chances(SwitchingBandit bandit, int regime) {
            return Seeds.rng(bandit.seed, "bandit arms", regime)
                    .doubles(bandit.arms)
                    .toArray();
        }

        /** Number of steps. */
        public int steps() {
            return luck.length;
        }

        /** Number of arms. */
        public int arms() {
            return chances[0].length;
        }

        /** How often the arms were drawn anew after the start. */
        public int switches() {
            return switches;
        }

        /** Probability of a reward from an arm at a step, in [0, 1). */
        public double chance(int step, int arm) {
            return chances[step][arm];
        }

        /** Probability of a reward from the best arm at a step. */
        public double best(int step) {
            double best = 0;
            for (double c : chances[step]) {
                best = Math.max(best, c);
            }
            return best;
        }

        /** The reward of an arm at a step, 0 or 1. */
        public int reward(int step, int arm) {
            return luck[step] < chances[step][arm] ? 1 : 0;
        }
    }
}
