package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.LinearRewardModel;
import touchstone.rlhf.loss.Dpo;
import touchstone.rlhf.policy.PreferenceTraining.Answer;
import touchstone.rlhf.policy.PreferenceTraining.Pair;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

class PreferenceTrainingTest {
    /** DPO on Bradley-Terry pairs ends at the KL-regularised optimum of the reward behind them. */
    @Test
    void dpoFindsTheKlOptimum() {
        double[] reward = {1, 0, -1};
        double beta = 0.5;
        var pairs = new ArrayList<Pair>();
        RandomGenerator rng = Seeds.rng(3, "pairs");
        double[] state = {0};
        for (int i = 0; i < 4000; i++) {
            int a = rng.nextInt(3);
            int b = (a + 1 + rng.nextInt(2)) % 3;
            boolean first = rng.nextDouble() < Logistic.sigmoid(reward[a] - reward[b]);
            pairs.add(new Pair(Answer.of(state, first ? a : b), Answer.of(state, first ? b : a)));
        }
        SoftmaxPolicy policy = PreferenceTraining.of(new Dpo(beta, 0))
                .withDescent(PolicyDescent.Options.adam(0.02))
                .withBatch(500)
                .withSteps(800)
                .fit(pairs, SoftmaxPolicy.tabular(1, 3));
        double third = 1 / 3.0;
        double[] optimum = new KlOptimum(beta)
                .of(new double[] {third, third, third}, reward)
                .probabilities();
        // reward differences are known to about 0.05 from 4,000 pairs, over beta 0.1 nats of log-odds, a tenth of p
        assertArrayEquals(optimum, policy.probabilities(0), 0.03);
    }

    @Test
    void tokensShareTheSlopeOfTheirAnswer() {
        var longer = new Answer(new double[][] {{0}, {1}}, new int[] {0, 0});
        var shorter = Answer.of(new double[] {0}, 1);
        SoftmaxPolicy policy = PreferenceTraining.of(new Dpo(1, 0))
                .withDescent(PolicyDescent.Options.sgd(1))
                .withSteps(1)
                .fit(List.of(new Pair(longer, shorter)), SoftmaxPolicy.tabular(2, 2));
        // slope of the loss at margin 0 is -1/2 by the chosen sum, 1/2 by the rejected one; a logit moves by slope (1 -
        // p)
        assertArrayEquals(new double[] {0.5, -0.5, 0.25, -0.25}, policy.parameters(), 1e-15);
    }

    @Test
    void cautionWorldIsItsFormula() {
        var world = new CautionWorld(new double[] {1, -2}, 0.25);
        assertEquals(2, world.bestCaution(), 0);
        assertArrayEquals(new double[] {3 - 2.25 - 2, 2 - 1}, world.gold(new double[][] {{3, 1}, {2, 0}}), 1e-15);
        assertArrayEquals(new double[] {1, 0}, world.overRefusal(new double[][] {{3, 1}, {2, 0}}), 0);
        double[] w = LinearRewardModel.weights(CautionWorld.defaults().preferences(20_000, 1), 1e-6);
        assertTrue(w[0] > 0.5, "a linear model likes caution: " + Arrays.toString(w));
        assertTrue(w[1] > 0.25, Arrays.toString(w));
    }
}
