package touchstone.rlhf.game;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Attacks and guards in a space of meanings: each attack is a unit vector with a potency in [0.5, 1], each defence
 * watches the neighbourhood of one direction. Attack i does the harm {@code potency_i (1 - strength e^(-|a_i - d_j|^2
 * / 2 width^2))} against defence j: little where the guard looks, much elsewhere, so that no single guard is safe and
 * a mixture of them is.
 *
 * @param attacks number of attacks, 2 or more
 * @param defences number of defences, 2 or more; the first of them watch an attack each
 * @param dimensions of the space, 2 or more
 * @param width of a guard's view, above 0
 * @param strength share of the harm that a guard takes off where it looks, in [0, 1]
 * @param seed of the world
 */
@Reference("liu2025chasing")
public record RedTeamWorld(int attacks, int defences, int dimensions, double width, double strength, long seed) {
    public RedTeamWorld {
        Check.atLeast(attacks, 2, "attacks");
        Check.atLeast(defences, 2, "defences");
        Check.atLeast(dimensions, 2, "dimensions");
        Check.positive(width, "width");
        Check.probability(strength, "strength");
    }

    /** 40 attacks and 30 defences in 3 dimensions, width 0.7, strength 0.95. */
    public static RedTeamWorld of(long seed) {
        return new RedTeamWorld(40, 30, 3, 0.7, 0.95, seed);
    }

    /** Meaning of each attack, unit vectors [attacks, dimensions]. */
    public double[][] meanings() {
        var rows = new double[attacks][];
        for (int i = 0; i < attacks; i++) {
            rows[i] = direction("attack", i);
        }
        return rows;
    }

    /** The game of harm, payoffs in [0, 1]. */
    public MatrixGame game() {
        double[][] a = meanings();
        var payoff = new double[attacks][defences];
        for (int j = 0; j < defences; j++) {
            double[] d = j < attacks ? a[j] : direction("defence", j);
            for (int i = 0; i < attacks; i++) {
                double potency = 0.5 + 0.5 * Seeds.rng(seed, "potency", i).nextDouble();
                double blocked = strength * Math.exp(-squaredDistance(a[i], d) / (2 * width * width));
                payoff[i][j] = potency * (1 - blocked);
            }
        }
        return new MatrixGame(payoff);
    }

    /**
     * Mean distance of two attacks drawn from a mixed strategy, {@code E (1 - cos)}, from 0 (always the same) to 2:
     * the diversity of an attacker, as the distance of sentence embeddings is for prompts.
     */
    public static double diversity(double[] attacker, double[][] meanings) {
        Check.sameLength(attacker.length, "attacker", meanings.length, "meanings");
        Check.probabilities(attacker, "attacker");
        var mean = new double[meanings[0].length];
        for (int i = 0; i < attacker.length; i++) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += attacker[i] * meanings[i][k];
            }
        }
        return 1 - Arrays.stream(mean).map(v -> v * v).sum(); // E a.b of independent draws is |E a|^2
    }

    private double[] direction(String what, int i) {
        RandomGenerator rng = Seeds.rng(seed, what, i);
        var x = new double[dimensions];
        Arrays.setAll(x, k -> rng.nextGaussian());
        double length = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
        Arrays.setAll(x, k -> x[k] / length);
        return x;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }
}
