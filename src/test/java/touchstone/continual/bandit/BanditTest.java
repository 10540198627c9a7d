package touchstone.continual.bandit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BanditTest {
    private static final int STEPS = 4000;
    private static final SwitchingBandit BANDIT = new SwitchingBandit(5, 0.01, 3);

    @Test
    void sampleAverageIsTheMeanOfTheRewards() {
        var life = BANDIT.life(STEPS);
        BanditRun run =
                BanditAgent.defaults().withStep(StepSize.sampleAverage()).play(life, 8);
        for (int a = 0; a < life.arms(); a++) {
            double sum = 0;
            int n = 0;
            for (int t = 0; t < STEPS; t++) {
                if (run.chosen()[t] == a) {
                    sum += life.reward(t, a);
                    n++;
                }
            }
            assertEquals(sum / n, run.values()[a], 1e-12);
        }
    }

    @Test
    void constantStepForgetsGeometrically() {
        var life = BANDIT.life(200);
        double size = 0.3;
        BanditRun run = new BanditAgent(0.5, StepSize.constant(size), 0.25).play(life, 8);
        for (int a = 0; a < life.arms(); a++) {
            // the closed form, from the last reward of the arm back to the first estimate
            double weight = 1;
            double value = 0;
            for (int t = 199; t >= 0; t--) {
                if (run.chosen()[t] == a) {
                    value += size * weight * life.reward(t, a);
                    weight *= 1 - size;
                }
            }
            assertEquals(value + weight * 0.25, run.values()[a], 1e-12);
        }
    }

    @Test
    void agentThatStopsNoLongerChanges() {
        var life = BANDIT.life(STEPS);
        BanditAgent agent = BanditAgent.defaults().withStep(StepSize.stopping(0.1, 300));
        BanditRun run = agent.play(life, 8);
        assertEquals(0, run.changes(300, STEPS));
        assertTrue(run.changes(0, 300) > 0);
        assertArrayEquals(agent.play(BANDIT.life(300), 8).values(), run.values());
    }

    @Test
    void rewardAndRegretAddUpToTheBestArm() {
        var life = BANDIT.life(STEPS);
        BanditRun run = BanditAgent.defaults().play(life, 8);
        double best = 0;
        for (int t = 0; t < STEPS; t++) {
            best += life.best(t) / STEPS;
        }
        assertEquals(best, run.reward() + run.regret(), 1e-12);
        assertEquals(run.reward(), Arrays.stream(run.curve(8)).average().orElse(-1), 1e-12);
    }

    @Test
    void randomAgentGetsTheMeanOfTheArms() {
        var life = new SwitchingBandit(4, 0, 5).life(20_000);
        double mean = 0;
        for (int a = 0; a < 4; a++) {
            mean += life.chance(0, a) / 4;
        }
        // uniform choices have deviation at most 0.5 / sqrt(20000) = 0.0035: four of them
        assertEquals(mean, BanditAgent.defaults().withEpsilon(1).play(life, 2).reward(), 0.0142);
    }

    @Test
    void switchesComeAtTheirRate() {
        assertEquals(0, BANDIT.withSwitching(0).life(STEPS).switches());
        assertEquals(STEPS - 1, BANDIT.withSwitching(1).life(STEPS).switches());
        // binomial: 40 expected, deviation 6.3; four of them
        assertEquals(40, BANDIT.life(STEPS).switches(), 25.2);
        var life = BANDIT.life(STEPS);
        int changes = 0;
        for (int t = 1; t < STEPS; t++) {
            changes += life.chance(t, 0) == life.chance(t - 1, 0) ? 0 : 1;
        }
        assertEquals(life.switches(), changes);
    }

    @Test
    void longerLifeBeginsAsTheShorter() {
        var agent = BanditAgent.defaults();
        int[] longer = agent.play(BANDIT.life(STEPS), 1).chosen();
        assertArrayEquals(agent.play(BANDIT.life(STEPS / 2), 1).chosen(), Arrays.copyOf(longer, STEPS / 2));
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("arms must be at least 1, was 0", () -> new SwitchingBandit(0, 0.1, 1));
        assertMessage("switching must lie in [0, 1], was NaN", () -> new SwitchingBandit(2, Double.NaN, 1));
        assertMessage("steps must be at least 1, was 0", () -> BANDIT.life(0));
        assertMessage("size must lie in (0, 1], was 0.0", () -> StepSize.constant(0));
        assertMessage("size must lie in (0, 1], was NaN", () -> StepSize.stopping(Double.NaN, 3));
        BanditRun run = BanditAgent.defaults().play(BANDIT.life(10), 1);
        assertMessage("from and to must satisfy 0 <= from < to <= 10, were 5 and 5", () -> run.reward(5, 5));
        assertMessage("steps a block must be at least 1, was 0", () -> run.curve(11));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
