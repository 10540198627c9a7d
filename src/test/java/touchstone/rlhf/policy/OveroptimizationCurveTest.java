package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import touchstone.stats.Bootstrap;

class OveroptimizationCurveTest {
    private static final double[][] KL = {{0, 1, 2}, {0, 1, 2}};
    private static final double[][] PROXY = {{0, 2, 4}, {0, 2, 4}};
    private static final double[][] GOLD = {{0, 3, 1}, {0, 1, 1}};

    @Test
    void peakAndFallOfAKnownCurve() {
        var curve = new OveroptimizationCurve(KL, PROXY, GOLD);
        assertEquals(1, curve.top());
        var peak = curve.peak(Bootstrap.defaults());
        assertEquals(1, peak.divergence().estimate(), 0);
        assertEquals(2, peak.gold().estimate(), 0);
        assertEquals(1, peak.fall().estimate(), 0); // 2 at the peak, 1 at the end
        assertEquals(1, peak.gold().lower(), 0); // both draws the second run: peak of 1
        assertEquals(3, peak.gold().upper(), 0);
        assertArrayEquals(new double[] {2, 0}, curve.fallBeyond(1), 0);
        assertArrayEquals(new double[] {1.5, 0.5}, curve.goldAt(0.5), 1e-15);
        assertArrayEquals(new double[] {2, 1}, curve.goldAt(1.5), 1e-15);
        var error = assertThrows(IllegalArgumentException.class, () -> curve.goldAt(2.5));
        assertTrue(error.getMessage().contains("run 0 must reach a divergence of 2.5 nats"), error.getMessage());
    }

    /** Two answers, proxy prefers the second: best of n keeps it with chance 1 - 2^-n. */
    @Test
    void bestOfNAndOptimumAreTheirLaws() {
        double[] even = {0.5, 0.5};
        double[][] proxy = {{0, 1}};
        double[] gold = {1, 0};
        var bon = OveroptimizationCurve.bestOfN(new int[] {1, 2, 4}, even, proxy, gold);
        assertArrayEquals(new double[] {0.5, 0.75, 0.9375}, bon.proxy()[0], 1e-15);
        assertArrayEquals(new double[] {0.5, 0.25, 0.0625}, bon.gold()[0], 1e-15);
        var rl = OveroptimizationCurve.optimum(new double[] {1, 0.5}, even, proxy, gold);
        assertArrayEquals(new double[] {1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-2))}, rl.proxy()[0], 1e-15);
        double p = rl.proxy()[0][0];
        assertEquals(Math.log(2) + p * Math.log(p) + (1 - p) * Math.log(1 - p), rl.divergence()[0][0], 1e-15);
    }
}
