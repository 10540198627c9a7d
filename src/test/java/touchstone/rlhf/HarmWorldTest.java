package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import touchstone.rlhf.loss.OrdinalSeverity;
import touchstone.util.Logistic;

class HarmWorldTest {
    private static final HarmWorld WORLD = HarmWorld.defaults();

    /** Each level is as frequent as its probabilities say, within 3.3 standard errors. */
    @Test
    void levelsFollowProportionalOdds() {
        int n = 20_000;
        HarmWorld.Answers a = WORLD.answers(n, 1);
        var expected = new double[4];
        var variance = new double[4];
        var seen = new int[4];
        double[] costs = a.costs();
        int[] levels = a.levels();
        for (int i = 0; i < n; i++) {
            double[] p = WORLD.severity().probabilities(costs[i]);
            for (int k = 0; k < 4; k++) {
                expected[k] += p[k];
                variance[k] += p[k] * (1 - p[k]);
            }
            seen[levels[i]]++;
        }
        for (int k = 0; k < 4; k++) {
            assertEquals(expected[k], seen[k], 3.3 * Math.sqrt(variance[k]));
        }
    }

    @Test
    void theSaferAnswerIsDrawnByItsCost() {
        int n = 10_000;
        HarmWorld.Pairs p = WORLD.pairs(n, 2);
        double[] low = p.lower().costs();
        double[] high = p.higher().costs();
        double expected = 0;
        double variance = 0;
        int right = 0;
        for (int i = 0; i < n; i++) {
            double q = Logistic.sigmoid(Math.abs(high[i] - low[i]));
            expected += q;
            variance += q * (1 - q);
            right += high[i] > low[i] ? 1 : 0;
        }
        assertEquals(expected, right, 3.3 * Math.sqrt(variance));
        assertArrayEquals(low, WORLD.pairs(n, 2).lower().costs(), 0);
        assertEquals(WORLD.cost(p.lower().rows()[7]), low[7], 0);
    }

    @Test
    void harmIsLevelOneOrMore() {
        HarmWorld.Answers a = WORLD.withOffset(-20).answers(50, 3);
        boolean[] harmful = a.harmful();
        for (int i = 0; i < 50; i++) {
            assertEquals(a.levels()[i] > 0, harmful[i]);
        }
        // costs near -20: a harmful answer has odds of e^-10 at the most extreme row
        assertEquals(0, java.util.stream.IntStream.of(a.levels()).sum());
        double[] row = {1, 2, 0, 0, 0, 0, 0, 0};
        assertEquals(-1 + 2 / Math.sqrt(8) * 3, WORLD.withBend(0).cost(row), 1e-15);
        assertEquals(2, WORLD.cost(row) - WORLD.withBend(0).cost(row), 1e-15);
    }

    @Test
    void aBorderOfHarmElsewhereIsRefused() {
        String said = String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> new HarmWorld(8, 2, 1, -1, new OrdinalSeverity(0.5, 1)))
                .getMessage());
        assertTrue(said.endsWith("must be 0, the border of harm, was 0.5"), said);
    }
}
