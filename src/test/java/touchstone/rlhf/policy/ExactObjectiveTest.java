package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.util.Seeds;

class ExactObjectiveTest {
    private static final double STEP = 1e-5;

    /** A random world of 3 states, 3 actions and 4 steps, from two states. */
    static TabularWorld world(long seed) {
        RandomGenerator rng = Seeds.rng(seed, "world");
        var transitions = new double[3][3][];
        var rewards = new double[3][];
        var costs = new double[3][];
        for (int s = 0; s < 3; s++) {
            rewards[s] = rng.doubles(3, -1, 1).toArray();
            costs[s] = rng.doubles(3, 0, 1).toArray();
            for (int a = 0; a < 3; a++) {
                double[] law = rng.doubles(3, 0.1, 1).toArray();
                double sum = Arrays.stream(law).sum();
                transitions[s][a] = Arrays.stream(law).map(p -> p / sum).toArray();
            }
        }
        return TabularWorld.episodes(transitions, rewards, costs, new int[] {0, 2}, 4);
    }

    static double[][] logits(long seed, int states, int actions) {
        RandomGenerator rng = Seeds.rng(seed, "logits");
        var z = new double[states][];
        Arrays.setAll(z, s -> rng.doubles(actions, -1, 1).toArray());
        return z;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gradientEqualsCentralDifferences(long seed) {
        TabularWorld world = world(seed);
        var objective = new ExactObjective(0.7, 0.9, 0.3);
        double[][] z = logits(seed, 3, 3);
        SoftmaxPolicy reference = SoftmaxPolicy.tabular(logits(seed + 10, 3, 3));
        double[][] gradient =
                objective.of(world, SoftmaxPolicy.tabular(z), reference).gradient();
        for (int s = 0; s < 3; s++) {
            for (int a = 0; a < 3; a++) {
                double before = z[s][a];
                z[s][a] = before + STEP;
                double up =
                        objective.of(world, SoftmaxPolicy.tabular(z), reference).value();
                z[s][a] = before - STEP;
                double down =
                        objective.of(world, SoftmaxPolicy.tabular(z), reference).value();
                z[s][a] = before;
                // error of the difference: a third derivative of order 1 times STEP^2, and rounding 1e-16 / STEP
                assertEquals((up - down) / (2 * STEP), gradient[s][a], 1e-8);
            }
        }
    }

    @Test
    void climbingEndsAtTheKlOptimumOfABandit() {
        double[] reward = {1, 0.2, -0.5, 0.9};
        double[] prior = {0.1, 0.4, 0.3, 0.2};
        TabularWorld bandit = TabularWorld.bandit(new double[][] {reward}, new double[][] {new double[4]});
        SoftmaxPolicy reference = SoftmaxPolicy.tabular(
                new double[][] {Arrays.stream(prior).map(Math::log).toArray()});
        var objective = ExactObjective.reward().withBeta(0.5);
        double[] z = reference.parameters();
        for (int i = 0; i < 2000; i++) {
            double[] g =
                    objective.of(bandit, reference.withParameters(z), reference).gradient()[0];
            for (int a = 0; a < 4; a++) {
                z[a] += 2 * g[a];
            }
        }
        DiscretePolicy optimum = new KlOptimum(0.5).of(prior, reward);
        double[] reached = reference.withParameters(z).probabilities(0);
        assertArrayEquals(optimum.probabilities(), reached, 1e-9); // the climb contracts by a constant factor a step
        var at = objective.of(bandit, reference.withParameters(z), reference);
        assertEquals(optimum.divergence(), at.divergence(), 1e-9);
        assertEquals(optimum.mean(reward), at.reward(), 1e-9);
    }

    @Test
    void discountAndPriceAreThoseOfTheFormula() {
        // one state, one action: reward 2 and cost 3 a step for 3 steps
        TabularWorld world = TabularWorld.episodes(
                new double[][][] {{{1}}}, new double[][] {{2}}, new double[][] {{3}}, new int[] {0}, 3);
        SoftmaxPolicy only = SoftmaxPolicy.tabular(1, 1);
        var at = new ExactObjective(0.5, 0.5, 0).of(world, only, only);
        assertEquals(6, at.reward(), 1e-12);
        assertEquals(3 * 1.75, at.cost(), 1e-12);
        assertEquals(6 - 0.5 * 3 * 1.75, at.value(), 1e-12);
    }
}
