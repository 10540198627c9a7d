package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyBatchTest {
    private static final double[] WEIGHTS = {2, 1};
    private static final double[] REFERENCE = {-2, -1, -3, -0.5};

    /** An episode of three steps and one of one, two objectives, with costs. */
    private static PolicyBatch batch(double lambda, double discount, KlPenalty kl) {
        var longer = new Rollout.Played(
                0,
                new double[][] {{0}, {1}, {2}},
                new int[] {0, 1, 0},
                new double[] {-1, -1, -2},
                new double[][] {{1, 0}, {0, 3}, {0.5, 0}},
                new double[] {1, 2, 4});
        var shorter = new Rollout.Played(
                0, new double[][] {{0}}, new int[] {1}, new double[] {-0.5}, new double[][] {{0, 1}}, new double[] {0});
        return new PolicyBatch(
                new Rollout(List.of(longer, shorter)),
                2,
                WEIGHTS,
                new PolicyBatch.Terms(lambda, discount, kl),
                REFERENCE);
    }

    @Test
    void theSignalIsItsFormula() {
        double[][] signal = batch(3, 0.5, KlPenalty.inReward(0.1)).signal();
        // step 1 of the long one: (0 * 2 + 3 - 3 * 0.5 * 2) / 4 - 0.1 * (-1 - -1)
        assertArrayEquals(new double[] {(2 - 3) / 4.0 - 0.1, 0, (1 - 3) / 4.0 - 0.1}, signal[0], 1e-15);
        assertArrayEquals(new double[] {1 / 4.0}, signal[1], 1e-15);
    }

    @Test
    void thePriceOfTheDivergenceDoesNotDependOnLambda() {
        for (double lambda : new double[] {0, 1, 50}) {
            double[] free = batch(lambda, 1, KlPenalty.none()).signal()[0];
            double[] charged = batch(lambda, 1, KlPenalty.inReward(0.1)).signal()[0];
            assertEquals(0.1 * (-1 - -2), free[0] - charged[0], 1e-12, "lambda " + lambda);
        }
    }

    @Test
    void costsOfAnEpisodeAreDiscountedFromItsStart() {
        assertArrayEquals(new double[] {7, 0}, batch(1, 1, KlPenalty.none()).episodeCosts(), 1e-15);
        assertArrayEquals(
                new double[] {1 + 1 + 1, 0}, batch(1, 0.5, KlPenalty.none()).episodeCosts(), 1e-15);
    }

    @Test
    void groupsSeeTheCostAsOneMoreObjective() {
        var unscaled = Grpo.defaults()
                .withAnswers(2)
                .withAdvantage(GroupAdvantage.defaults().withScale(GroupAdvantage.Scale.NONE));
        double[] advantage = unscaled.advantages(batch(3, 1, KlPenalty.none()))[0];
        // weighted rewards 6 and 1, costs 7 and 0, priced (6 - 21) / 4 and 1 / 4, less their mean
        assertArrayEquals(new double[] {-2, 2}, advantage, 1e-15);
        double[] charged = unscaled.advantages(batch(3, 1, KlPenalty.inReward(0.1)))[0];
        // charges: 0.1 (1 + 0 + 1) and 0, so 0.1 less and 0.1 more
        assertArrayEquals(new double[] {-2.1, 2.1}, charged, 1e-15);
    }

    @Test
    void reinforceTakesTheOthersOff() {
        double[][] signal = {{1, 2}, {4}, {7}};
        double[][] advantage = Reinforce.defaults().advantages(signal);
        assertArrayEquals(
                new double[] {3 - 5.5, 2}, advantage[0], 1e-15); // alone at its second step: nothing to take off
        assertArrayEquals(new double[] {4 - 5}, advantage[1], 1e-15);
        assertArrayEquals(new double[] {7 - 3.5}, advantage[2], 1e-15);
        assertArrayEquals(
                new double[] {2, 2},
                Reinforce.defaults().withBaseline(false).withGamma(0.5).advantages(signal)[0],
                1e-15);
    }

    @Test
    void badOptionsAreNamed() {
        var answers = assertThrows(IllegalArgumentException.class, () -> new Rloo(1));
        assertTrue(answers.getMessage().contains("answers must be at least 2, was 1"), answers.getMessage());
        var weights = assertThrows(IllegalArgumentException.class, () -> PolicyTraining.of(Rloo.defaults())
                .fit(ExactObjectiveTest.world(1), SoftmaxPolicy.tabular(3, 3), 1, 2));
        assertTrue(weights.getMessage().contains("weights and objectives"), weights.getMessage());
        var target = assertThrows(
                IllegalArgumentException.class, () -> KlPenalty.inReward(0.1).steered(0, 10));
        assertTrue(target.getMessage().contains("target must be above 0, was 0.0"), target.getMessage());
    }
}
