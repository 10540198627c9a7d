package touchstone.rlhf.game;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Attacker and defender that learn against each other by exponential weights, {@code w ~ w e^(eta gain)} (Hedge),
 * both at once. Their <em>average</em> play goes to an equilibrium: with full feedback its exploitability after T
 * rounds is at most {@link #bound}; the play of a single round need not settle at all.
 *
 * <p>With {@link Feedback#BANDIT} each player sees only the payoff of the two actions drawn, and divides it by the
 * chance of its own (Exp3); the average is then that of the mixed strategies played.
 *
 * @param rounds T, 1 or more
 * @param feedback what a player learns of a round
 * @param seed of the draws; of no effect with full feedback
 */
@Reference({"freund1999adaptive", "auer2002nonstochastic", "liu2025chasing"})
public record SelfPlay(int rounds, Feedback feedback, long seed) {
    /** What a player learns of a round. */
    public enum Feedback {
        /** The expected payoff of each of its actions against the other's mixed strategy. */
        FULL,
        /** The payoff of the action drawn. */
        BANDIT
    }

    public SelfPlay {
        Check.atLeast(rounds, 1, "rounds");
    }

    /** Full feedback, seed 1. */
    public static SelfPlay of(int rounds) {
        return new SelfPlay(rounds, Feedback.FULL, 1);
    }

    public SelfPlay withBandit(long s) {
        return new SelfPlay(rounds, Feedback.BANDIT, s);
    }

    /**
     * What came of it.
     *
     * @param attacker mean mixed strategy, [attacks]
     * @param defender mean mixed strategy, [defences]
     * @param lastAttacker mixed strategy of the last round, [attacks]
     * @param lastDefender mixed strategy of the last round, [defences]
     * @param checkpoints rounds at which exploitability was measured: 1, 2, 4, ... and the last
     * @param average exploitability of the mean strategies up to each checkpoint
     * @param current exploitability of the strategies of that round
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays, for a notebook to read
    public record Trace(
            double[] attacker,
            double[] defender,
            double[] lastAttacker,
            double[] lastDefender,
            int[] checkpoints,
            double[] average,
            double[] current) {}

    /**
     * Largest exploitability of the average play with full feedback, {@code range (sqrt(ln N / 2T) + sqrt(ln M /
     * 2T))} for N attacks and M defences: the sum of the players' regrets at eta = sqrt(8 ln N / T) / range.
     */
    public double bound(MatrixGame game) {
        return game.range()
                * (Math.sqrt(Math.log(game.attacks()) / (2.0 * rounds))
                        + Math.sqrt(Math.log(game.defences()) / (2.0 * rounds)));
    }

    /** Plays a game from equal weights. */
    public Trace play(MatrixGame game) {
        var run = new Run(game);
        RandomGenerator rng = Seeds.rng(seed, "self-play");
        var checkpoints = new int[2 + 32 - Integer.numberOfLeadingZeros(rounds)];
        var average = new double[checkpoints.length];
        var current = new double[checkpoints.length];
        int seen = 0;
        for (int t = 1; t <= rounds; t++) {
            run.remember();
            if (Integer.bitCount(t) == 1 || t == rounds) {
                checkpoints[seen] = t;
                average[seen] = game.exploitability(Mixed.mean(run.attackSum, t), Mixed.mean(run.defenceSum, t));
                current[seen++] = game.exploitability(run.attacker, run.defender);
            }
            if (t < rounds) {
                run.learn(feedback, rng);
            }
        }
        return new Trace(
                Mixed.mean(run.attackSum, rounds),
                Mixed.mean(run.defenceSum, rounds),
                run.attacker,
                run.defender,
                Arrays.copyOf(checkpoints, seen),
                Arrays.copyOf(average, seen),
                Arrays.copyOf(current, seen));
    }

    /**
     * An attacker that learns by the same rule against a defender that never moves, [defences]; its mean strategy,
     * [attacks].
     */
    public double[] attackAgainst(MatrixGame game, double[] defender) {
        double[] gains = game.attackPayoffs(defender);
        var sum = new double[game.attacks()];
        double eta = eta(game, game.attacks());
        for (int t = 0; t < rounds; t++) {
            Mixed.add(Mixed.softmax(gains, eta * t), sum);
        }
        return Mixed.mean(sum, rounds);
    }

    /**
     * A defender that learns by the same rule against an attacker that never moves, [attacks]; its mean strategy,
     * [defences].
     */
    public double[] defendAgainst(MatrixGame game, double[] attacker) {
        double[] gains =
                Arrays.stream(game.defencePayoffs(attacker)).map(v -> -v).toArray();
        var sum = new double[game.defences()];
        double eta = eta(game, game.defences());
        for (int t = 0; t < rounds; t++) {
            Mixed.add(Mixed.softmax(gains, eta * t), sum);
        }
        return Mixed.mean(sum, rounds);
    }

    private double eta(MatrixGame game, int actions) {
        double range = Math.max(game.range(), Double.MIN_NORMAL);
        // for bandits the second moment of the estimated gains is the number of actions, not 1/4
        return feedback == Feedback.FULL
                ? Math.sqrt(8 * Math.log(actions) / rounds) / range
                : Math.sqrt(2 * Math.log(actions) / ((double) actions * rounds)) / range;
    }

    /** The state of both players. */
    private final class Run {
        private final MatrixGame game;
        private final double[][] payoff;
        private final double low;
        private final double range;
        private final double attackRate;
        private final double defenceRate;
        private final double[] attackGain;
        private final double[] defenceGain;
        private final double[] attackSum;
        private final double[] defenceSum;
        private double[] attacker;
        private double[] defender;

        Run(MatrixGame game) {
            this.game = game;
            payoff = game.payoff();
            low = game.lowest();
            range = game.range();
            attackRate = eta(game, game.attacks());
            defenceRate = eta(game, game.defences());
            attackGain = new double[game.attacks()];
            defenceGain = new double[game.defences()];
            attackSum = new double[game.attacks()];
            defenceSum = new double[game.defences()];
            attacker = Mixed.softmax(attackGain, 0);
            defender = Mixed.softmax(defenceGain, 0);
        }

        void remember() {
            Mixed.add(attacker, attackSum);
            Mixed.add(defender, defenceSum);
        }

        void learn(Feedback feedback, RandomGenerator rng) {
            if (feedback == Feedback.FULL) {
                Mixed.add(game.attackPayoffs(defender), attackGain);
                double[] harm = game.defencePayoffs(attacker);
                for (int j = 0; j < harm.length; j++) {
                    defenceGain[j] -= harm[j];
                }
            } else {
                int i = Mixed.draw(attacker, rng);
                int j = Mixed.draw(defender, rng);
                double harm = payoff[i][j] - low;
                // losses of 0 or more for both keep the weights of rare actions from exploding
                attackGain[i] -= (range - harm) / attacker[i];
                defenceGain[j] -= harm / defender[j];
            }
            attacker = Mixed.softmax(attackGain, attackRate);
            defender = Mixed.softmax(defenceGain, defenceRate);
        }
    }
}
