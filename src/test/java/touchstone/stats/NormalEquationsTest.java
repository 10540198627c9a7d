package touchstone.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NormalEquationsTest {
    /** One feature: w = sum x y / (sum x^2 + gamma). */
    @Test
    void oneFeatureIsAQuotientOfSums() {
        var sums = NormalEquations.of(1);
        assertEquals(0, sums.solve(1)[0].length);
        sums.add(new double[] {2}, 0, 3);
        sums.add(new double[] {-1}, 1, 5);
        assertArrayEquals(new double[] {6.0 / 5.5, -5.0 / 5.5}, sums.solve(0.5)[0], 1e-15);
        sums.fade(0.5);
        sums.add(new double[] {1}, 0, 1);
        assertArrayEquals(new double[] {4.0 / 4, -2.5 / 4}, sums.solve(0.5)[0], 1e-15);
        assertEquals(3, sums.stored());
    }

    @Test
    void sumsAddUpAndACopyGoesItsOwnWay() {
        var a = NormalEquations.of(2);
        a.add(new double[] {1, 2}, 0, 1);
        var b = NormalEquations.of(2);
        b.add(new double[] {3, -1}, 1, 1);
        var both = a.copy();
        both.add(b, 1);
        var together = NormalEquations.of(2);
        together.add(new double[] {1, 2}, 0, 1);
        together.add(new double[] {3, -1}, 1, 1);
        assertArrayEquals(together.solve(0.1)[0], both.solve(0.1)[0], 1e-15);
        assertEquals(1, a.targets());
        b.fade(0);
        both.add(b, 1);
        assertArrayEquals(together.solve(0.1)[1], both.solve(0.1)[1], 1e-15);
    }

    @Test
    void badArgumentsAreNamed() {
        var sums = NormalEquations.of(2);
        assertEquals(
                "row and features must be of equal length, were 1 and 2",
                message(() -> sums.add(new double[] {1}, 0, 1)));
        assertEquals("gamma must be a finite number above 0, was 0.0", message(() -> sums.solve(0)));
        assertEquals("factor must lie in [0, 1], was NaN", message(() -> sums.fade(Double.NaN)));
    }

    private static String message(Runnable bad) {
        return assertThrows(IllegalArgumentException.class, bad::run).getMessage();
    }
}
