package touchstone.ood.conformal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

class ConformalQuantileTest {
    private static final double[] NINE =
            IntStream.rangeClosed(1, 9).mapToDouble(i -> i).toArray();

    /** The scores behind these values are 1 / n, 2 / n, .., 1; what MAPIE, SAFE and numpy make of them stands beside. */
    @Test
    void goldenAtSmallCounts() {
        JsonObject golden = Golden.json("ood/conformal/conformal.json").getAsJsonObject();
        int cases = 0;
        for (JsonElement e : golden.getAsJsonArray("quantile_small_n")) {
            JsonObject c = e.getAsJsonObject();
            int n = c.get("n").getAsInt();
            double[] scores =
                    IntStream.rangeClosed(1, n).mapToDouble(i -> (double) i / n).toArray();
            double expected = Golden.number(c.get("paper_quantile"));
            assertEquals(expected, ConformalQuantile.of(scores, c.get("alpha").getAsDouble()), 1e-12, c.toString());
            cases++;
        }
        assertEquals(24, cases);
    }

    @Test
    void ranksByHand() {
        assertEquals(9, ConformalQuantile.of(NINE, 0.1)); // 10 * 0.9 = 9
        assertEquals(Double.POSITIVE_INFINITY, ConformalQuantile.of(NINE, 0.09)); // ceil(9.1) = 10 of 9
        assertEquals(5, ConformalQuantile.of(NINE, 0.5));
        assertEquals(1, ConformalQuantile.of(NINE, 0.95)); // ceil(0.5) = 1
        assertEquals(Double.POSITIVE_INFINITY, ConformalQuantile.of(new double[0], 0.5));
        assertEquals(19, ConformalQuantile.rank(19, 0.05)); // 20 * 0.05 is 1, whatever its rounding
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "alpha must lie in (0, 1), was 1.0",
                assertThrows(IllegalArgumentException.class, () -> ConformalQuantile.of(NINE, 1))
                        .getMessage());
        assertEquals(
                "scores must hold no NaN, had 1 of 2, the first at index 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ConformalQuantile.of(new double[] {1, Double.NaN}, 0.1))
                        .getMessage());
    }
}
