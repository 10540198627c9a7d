package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final double[][] ROWS = {{1, 2, 3}, {4, 5, 6}};

    /** Twice the deviation moves twice as far, rows do not depend on each other, and the rows stay. */
    @Test
    void followsTheDeviation() {
        double[][] once = Noise.gaussian(ROWS, 0.5, 1);
        double[][] twice = Noise.gaussian(ROWS, 1, 1);
        assertEquals(2 * (once[1][2] - 6), twice[1][2] - 6, 1e-12);
        assertArrayEquals(once[0], Noise.gaussian(new double[][] {ROWS[0]}, 0.5, 1)[0]);
        assertArrayEquals(ROWS[0], Noise.gaussian(ROWS, 0, 1)[0]);
        assertArrayEquals(new double[] {1, 2, 3}, ROWS[0]);
    }

    /** 20,000 draws: the mean square is 4 within 5 standard errors of 4 sqrt(2 / n). */
    @Test
    void hasTheDeviation() {
        double sum = 0;
        for (double v : Noise.gaussian(new double[1][20_000], 2, 3)[0]) {
            sum += v * v / 20_000;
        }
        assertEquals(4, sum, 5 * 4 * Math.sqrt(2 / 20_000.0));
    }

    @Test
    void refusesANegativeDeviation() {
        assertEquals(
                "deviation must be a finite number of 0 or more, was -1.0",
                assertThrows(IllegalArgumentException.class, () -> Noise.gaussian(ROWS, -1, 1))
                        .getMessage());
    }
}
