package touchstone.interpret.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.nn.RidgeProbe;
import touchstone.util.Seeds;

class LinearProbeTest {
    private static boolean[] halves(int n) {
        var out = new boolean[n];
        Arrays.fill(out, 0, n / 2, true);
        return out;
    }

    private static double[][] rows(int n, int d, double gap, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "rows");
        var x = new double[n][d];
        for (int i = 0; i < n; i++) {
            Arrays.setAll(x[i], j -> rng.nextGaussian());
            x[i][0] += i < n / 2 ? gap : 0;
        }
        return x;
    }

    @Test
    void rowsThatDifferAreToldApartAndEqualOnesAreNot() {
        LinearProbe probe = LinearProbe.defaults();
        assertTrue(probe.auroc(rows(200, 5, 6, 1), halves(200), 1) > 0.999);
        // noise: a mean of 100 by 100 pairs has the deviation sqrt(201 / 12 / 1e4) = 0.041
        assertEquals(0.5, probe.auroc(rows(200, 5, 0, 2), halves(200), 1), 4 * 0.041);
    }

    @Test
    void whatItLearnedHoldsForOtherRows() {
        LinearProbe probe = LinearProbe.defaults();
        assertTrue(probe.auroc(rows(60, 5, 6, 1), halves(60), rows(40, 5, 6, 2), halves(40)) > 0.999);
        boolean[] opposite = halves(40);
        for (int i = 0; i < 40; i++) {
            opposite[i] = !opposite[i];
        }
        assertTrue(probe.auroc(rows(60, 5, 6, 1), halves(60), rows(40, 5, 6, 2), opposite) < 0.001);
    }

    /** One feature at -1 and 1, scaled already: weight 1 / (1 + l2), and scores of the two classes that sum to their means. */
    @Test
    void ridgeByHand() {
        RidgeProbe probe = RidgeProbe.fit(new double[][] {{-1}, {1}}, new int[] {0, 1}, 2, 0.25);
        double[] scores = probe.scores(new double[][] {{1}})[0];
        double intercept = 0.5 / 1.25;
        double slope = 0.5 / 1.25;
        assertArrayEquals(new double[] {intercept - slope, intercept + slope}, scores, 1e-12);
        assertArrayEquals(new int[] {0, 1}, probe.predict(new double[][] {{-3}, {0.1}}));
    }

    @Test
    void badArgumentsAreNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> LinearProbe.defaults()
                .auroc(rows(6, 2, 0, 1), new boolean[6], 1));
        assertEquals("positive must name rows of both kinds, named 0 of 4", e.getMessage());
        var f = assertThrows(
                IllegalArgumentException.class, () -> LinearProbe.defaults().withFolds(1));
        assertEquals("folds must be at least 2, was 1", f.getMessage());
    }
}
