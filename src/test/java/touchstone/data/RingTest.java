package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.stats.Moments;

class RingTest {
    private static double[] distances(double[][] points) {
        return Arrays.stream(points).mapToDouble(p -> Math.hypot(p[0], p[1])).toArray();
    }

    @Test
    void distancesAreNormalAndTheHoleIsADisc() {
        double[] ring = distances(Ring.defaults().points("test", 4000));
        assertEquals(3, Moments.mean(ring), 4 * 0.3 / Math.sqrt(4000)); // four standard errors
        assertEquals(0.09, Moments.variance(ring), 4 * 0.09 * Math.sqrt(2.0 / 4000));
        double[] hole = distances(Ring.defaults().hole(4000, 4));
        assertTrue(Arrays.stream(hole).max().orElse(9) <= 1.8);
        // a quarter of a disc lies within half of its radius
        double inner = Arrays.stream(hole).filter(d -> d <= 0.9).count() / 4000.0;
        assertEquals(0.25, inner, 4 * Math.sqrt(0.25 * 0.75 / 4000));
    }

    @Test
    void streamsAreFixedBySeedAndName() {
        Ring ring = Ring.defaults();
        assertArrayEquals(ring.points("a", 5), Arrays.copyOf(ring.points("a", 9), 5));
        assertTrue(ring.points("a", 1)[0][0] != ring.points("b", 1)[0][0]);
        assertTrue(ring.points("a", 1)[0][0] != ring.withSeed(2).points("a", 1)[0][0]);
        assertEquals(
                "radius of the hole must be a finite number above 0, was 0.0",
                assertThrows(IllegalArgumentException.class, () -> ring.hole(1, 10))
                        .getMessage());
    }
}
