package touchstone.rlhf.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PromptedClassifierTest {
    private static final PromptedClassifier SMALL = PromptedClassifier.small(3);

    @Test
    void scoresChargeConfidentErrors() {
        TrustScore score = TrustScore.defaults();
        assertEquals(Math.log(0.8), score.of(0.8, true), 1e-15);
        assertEquals(2 * Math.log(0.2), score.of(0.8, false), 1e-15);
        assertEquals(2 * Math.log(0.01), score.of(1, false), 1e-12); // held to 0.99
    }

    /** The best confidence is where the expected score is highest, found on a grid. */
    @Test
    void theBestConfidenceIsTheScoresMaximum() {
        for (double penalty : new double[] {1, 2, 5}) {
            TrustScore score = new TrustScore(penalty, 1e-6);
            for (double p : new double[] {0.2, 0.5, 0.9}) {
                double best = 0;
                double most = Double.NEGATIVE_INFINITY;
                for (int i = 1; i < 10_000; i++) {
                    double value = p * score.of(i / 1e4, true) + (1 - p) * score.of(i / 1e4, false);
                    if (value > most) {
                        most = value;
                        best = i / 1e4;
                    }
                }
                assertEquals(best, score.best(p), 1e-4);
            }
        }
        assertEquals(0.7, TrustScore.defaults().withPenalty(1).best(0.7), 1e-15); // proper
    }

    /** The plain instruction is too sure of itself: its mean confidence lies above its accuracy; skill helps. */
    @Test
    void thePlainInstructionBoasts() {
        PromptedClassifier.Answers answers = SMALL.ask("a", 4000);
        PromptedClassifier.Stated plain = answers.under(new int[4000]);
        double mean = java.util.Arrays.stream(plain.confidence()).average().orElseThrow();
        assertTrue(mean > plain.accuracy() + 0.1, mean + " over " + plain.accuracy());
        PromptedClassifier.Stated larger = SMALL.larger().ask("a", 4000).under(new int[4000]);
        assertTrue(larger.accuracy() > plain.accuracy() + 0.1);
        assertArrayEquals(answers.features()[7], SMALL.larger().ask("a", 8).features()[7]);
    }

    @Test
    void sharesAreCounted() {
        var stated = new PromptedClassifier.Stated(
                new double[] {0.9, 0.9, 0.5, 0.8}, new boolean[] {true, false, false, false});
        assertEquals(0.25, stated.accuracy(), 0);
        assertEquals(0.5, stated.confidentErrors(0.8), 0);
        assertEquals(0.75, stated.confidentErrors(0), 0);
    }

    @Test
    void rewardsAreTheScores() {
        PromptedClassifier.Answers answers = SMALL.ask("a", 3);
        TrustScore score = TrustScore.defaults();
        assertEquals(score.of(answers.confidence()[2][4], answers.right()[2][4]), answers.rewards(score)[2][4][0], 0);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "penalty must be a finite number of at least 1, was 0.5",
                assertThrows(IllegalArgumentException.class, () -> new TrustScore(0.5, 0.01))
                        .getMessage());
        assertEquals(
                "chosen[0] must lie in [0, 6), was 6",
                assertThrows(IllegalArgumentException.class, () -> SMALL.ask("a", 1)
                                .under(6))
                        .getMessage());
    }
}
