package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;

class TokenWorldTest {
    private static final int END = 3;

    /** Tokens 0, 1, 2 and an end; worth the number of 1s less those of 2s; each 2 costs 1. */
    private static Environment.Step rate(int[] prompt, int[] answer) {
        double reward = 0;
        double cost = 0;
        for (int token : answer) {
            reward += token == 1 ? 1 : 0;
            cost += token == 2 ? 1 : 0;
        }
        return Environment.Step.of(reward - cost, cost, true);
    }

    private static TokenWorld world() {
        return new TokenWorld(
                4, new int[][] {{0}, {1, 2}}, 4, END, TokenWorldTest::rate, TokenWorld.View.last(2, 4, 4));
    }

    @Test
    void theViewShowsTheLastTokensAndThePlace() {
        var view = TokenWorld.View.last(2, 4, 3);
        double[] none = {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0}; // newest 2, before it 1, no token written
        assertArrayEquals(none, view.of(new int[] {1, 2}, new int[0]), 0);
        double[] one = {1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0};
        assertArrayEquals(one, view.of(new int[] {1, 2}, new int[] {0}), 0);
        double[] bare = {0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0}; // nothing before the one token
        assertArrayEquals(bare, view.of(new int[0], new int[] {3}), 0);
        double[] padded = {1, 2, 7, 0, 7, 7};
        assertArrayEquals(padded, TokenWorld.View.padded(3, 3, 7).of(new int[] {1, 2}, new int[] {0}), 0);
    }

    @Test
    void answersEndAtTheEndTokenOrTheLength() {
        Policy ender = states -> logits(states.length, END);
        Rollout short1 = Rollout.of(world(), over(4, ender), new int[] {0}, 1, 0);
        assertEquals(1, short1.episodes().get(0).steps());
        Policy goer = states -> logits(states.length, 1);
        Rollout full = Rollout.of(world(), over(4, goer), new int[] {1}, 1, 0);
        assertEquals(4, full.episodes().get(0).steps());
        assertArrayEquals(new double[] {4}, full.rewards(0), 0);
        assertArrayEquals(new double[] {0}, full.costs(1), 0);
    }

    @FunctionalInterface
    private interface Policy {
        double[][] of(double[][] states);
    }

    private static touchstone.rlhf.policy.Policy over(int actions, Policy law) {
        return new touchstone.rlhf.policy.Policy() {
            @Override
            public int actions() {
                return actions;
            }

            @Override
            public double[][] logProbs(double[][] states) {
                return law.of(states);
            }
        };
    }

    private static double[][] logits(int n, int sure) {
        var logP = new double[n][4];
        for (double[] row : logP) {
            java.util.Arrays.fill(row, Double.NEGATIVE_INFINITY);
            row[sure] = 0;
        }
        return logP;
    }

    @Test
    void probabilitiesOfAllAnswersSumToOne() {
        TokenWorld world = world();
        SoftmaxPolicy policy = SoftmaxPolicy.of(12, List.of(Dense.of(5), Activate.tanh()), 4, 3);
        double[] theta = policy.parameters();
        for (int i = 0; i < theta.length; i++) {
            theta[i] = Math.sin(i);
        }
        assertEquals(1, mass(world, policy.withParameters(theta), new int[0]), 1e-12);
    }

    private static double mass(TokenWorld world, touchstone.rlhf.policy.Policy policy, int[] begun) {
        double sum = 0;
        for (int token = 0; token < 4; token++) {
            int[] next = java.util.Arrays.copyOf(begun, begun.length + 1);
            next[begun.length] = token;
            sum += token == END || next.length == 4
                    ? Math.exp(world.logProb(policy, 1, next))
                    : mass(world, policy, next);
        }
        return sum;
    }

    @Test
    void aPolicyLearnsToWriteToken1UnderALimit() {
        var training = PolicyTraining.of(Grpo.defaults()).withIterations(40).withPrompts(8);
        ConstrainedPolicyOptimizer.Result result =
                ConstrainedPolicyOptimizer.of(training, 0.5).fit(world(), SoftmaxPolicy.mlp(12, 8, 4, 1));
        double first = result.history().iterations().get(0).reward();
        double last = result.history().iterations().get(39).reward();
        assertTrue(first < 1 && last > 3.5, first + " -> " + last); // the best answer is worth 4
        assertTrue(result.verdict().met(), result.verdict().toString());
    }
}
