package touchstone.rlhf.shaping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.rlhf.policy.TokenWorld;

class ShapingTest {
    private static final double[][] LOGITS = {{0.2, -1, 0.7}, {1.5, 0.1, -0.3}};
    private static final double[][] UNIFORM = {
        {-Math.log(3), -Math.log(3), -Math.log(3)}, {-Math.log(3), -Math.log(3), -Math.log(3)}
    };
    private static final Response MIXED = Response.of(new int[] {1}, new int[] {9, 9, 2, 3});

    private static Tensor tensor(double[][] rows) {
        Tensor t = Cpu.doubles(1).zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                t.set(i, j, rows[i][j]);
            }
        }
        return t;
    }

    private static double loss(double[][] logits, double[] star) {
        var loss = new ShapedLoss(new int[] {2, 0}, star, new double[] {1, 3}, UNIFORM, 0.5);
        return loss.add(tensor(logits), new int[] {0, 1}, 1, tensor(new double[2][3]));
    }

    /**
     * Followed words cost their cross-entropy, held ones the price of the divergence, which from uniform is log 3
     * less the entropy.
     */
    @Test
    void theLossIsItsDefinition() {
        double z0 = Math.log(Math.exp(0.2) + Math.exp(-1) + Math.exp(0.7));
        double[] p = {Math.exp(1.5), Math.exp(0.1), Math.exp(-0.3)};
        double z1 = Math.log(p[0] + p[1] + p[2]);
        double entropy = 0;
        for (double e : p) {
            entropy -= e / Math.exp(z1) * (Math.log(e) - z1);
        }
        double want = (1 * (z0 - 0.7) + 3 * 0.5 * (Math.log(3) - entropy)) / 4;
        assertEquals(want, loss(LOGITS, new double[] {1, 0}), 1e-12);
    }

    @Test
    void theGradientIsThatOfTheLoss() {
        double[] star = {0.3, 0.8};
        Tensor gradient = tensor(new double[2][3]);
        new ShapedLoss(new int[] {2, 0}, star, new double[] {1, 3}, UNIFORM, 0.5)
                .add(tensor(LOGITS), new int[] {0, 1}, 1, gradient);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                double[][] up = {LOGITS[0].clone(), LOGITS[1].clone()};
                double[][] down = {LOGITS[0].clone(), LOGITS[1].clone()};
                up[i][j] += 1e-5;
                down[i][j] -= 1e-5;
                // central differences at 1e-5 are good to 1e-10
                assertEquals((loss(up, star) - loss(down, star)) / 2e-5, gradient.get(i, j), 1e-9);
            }
        }
    }

    private static TokenModel model() {
        return TokenModel.start(TokenWorld.View.last(1, 10, 4), 14, 10, 8, 1);
    }

    /** Full imitation learns a response by heart; holding back everywhere learns nothing. */
    @Test
    void starDecidesWhatIsLearnt() {
        var world = new TokenWorld(
                10,
                new int[][] {{1}},
                4,
                -1,
                (p, a) -> touchstone.rlhf.policy.Environment.Step.of(0, 0, true),
                TokenWorld.View.last(1, 10, 4));
        TokenModel start = model();
        TokenModel.Tuning how = TokenModel.Tuning.defaults();
        double before = world.logProb(start, 0, MIXED.answer());
        assertEquals(4 * Math.log(0.1), before, 1e-5); // float logits of 0: uniform
        TokenModel all = start.tuned(List.of(MIXED), how);
        assertTrue(world.logProb(all, 0, MIXED.answer()) > -0.1);
        TokenModel none = start.tuned(List.of(MIXED.withStar(0, 0, 0, 0)), how);
        assertEquals(before, world.logProb(none, 0, MIXED.answer()), 1e-3); // the divergence starts at its minimum
        TokenModel half = start.tuned(List.of(MIXED.withStar(0, 0, 1, 1)), how);
        double[][] p = half.logProbs(new double[][] {
            TokenWorld.View.last(1, 10, 4).of(new int[] {1}, new int[0]),
            TokenWorld.View.last(1, 10, 4).of(new int[] {1}, new int[] {9, 9})
        });
        assertTrue(Math.exp(p[0][9]) < 0.2, "held back: " + Math.exp(p[0][9]));
        assertTrue(Math.exp(p[1][2]) > 0.9, "followed: " + Math.exp(p[1][2]));
        assertEquals(before, world.logProb(start, 0, MIXED.answer()), 0); // the start is as it was
    }

    /** Two equal responses are one of twice the weight. */
    @Test
    void repeatedResponsesAddUp() {
        double[][] states = {TokenWorld.View.last(1, 10, 4).of(new int[] {1}, new int[0])};
        var few = TokenModel.Tuning.defaults().withSteps(20);
        Response other = Response.of(new int[] {1}, new int[] {3});
        double[][] twice = model().tuned(List.of(MIXED, MIXED, other), few).logProbs(states);
        double[][] weighted =
                model().tuned(List.of(MIXED.withWeight(2), other), few).logProbs(states);
        assertArrayEquals(weighted[0], twice[0], 1e-5); // float
    }

    @Test
    void theGuardErrsAsOftenAsItSays() {
        var guard = new NoisyGuard(0.8, w -> w == 9, 5);
        double flagged =
                LongStream.range(0, 4000).filter(i -> guard.flags(MIXED, i)).count() / 4000.0;
        assertEquals(0.8, flagged, 4 * Math.sqrt(0.16 / 4000)); // four standard errors
        var sure = new NoisyGuard(1, w -> w == 9, 5);
        assertArrayEquals(
                new double[] {0, 0, 1, 1},
                sure.starred(MIXED, 2, NoisyGuard.Scope.SEGMENT, 0).star());
        assertArrayEquals(
                new double[] {0, 0, 0, 0},
                sure.starred(MIXED, 2, NoisyGuard.Scope.PREFIX, 0).star());
        assertArrayEquals(
                new double[] {0, 0, 0, 1},
                sure.starred(MIXED, 3, NoisyGuard.Scope.SEGMENT, 0).star());
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("accuracy must lie in [0.5, 1], was 0.3", () -> new NoisyGuard(0.3, w -> true, 1));
        assertMessage("star and answer must be of equal length, were 1 and 4", () -> MIXED.withStar(1));
        assertMessage("responses must not all have weight 0, were 1", () -> model().tuned(
                        List.of(MIXED.withWeight(0)), TokenModel.Tuning.defaults()));
    }
}
