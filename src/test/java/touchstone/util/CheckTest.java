package touchstone.util;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CheckTest {
    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void nanFailsEveryCheckOfANumber() {
        refused("t must be a finite number above 0, was NaN", () -> Check.positive(Double.NaN, "t"));
        refused("t must be a finite number, was NaN", () -> Check.finite(Double.NaN, "t"));
        refused("t must be a finite number of 0 or more, was NaN", () -> Check.notNegative(Double.NaN, "t"));
        refused("t must lie in (0, 1), was NaN", () -> Check.insideUnit(Double.NaN, "t"));
        refused("t must lie in [0, 1], was NaN", () -> Check.probability(Double.NaN, "t"));
        refused("t[1] must lie in [0, 1], was NaN", () -> Check.probabilities(new double[] {0, Double.NaN}, "t"));
    }

    @Test
    void bordersAreAsNamed() {
        assertDoesNotThrow(() -> {
            Check.probability(0, "p");
            Check.probability(1, "p");
            Check.notNegative(0, "x");
            Check.index(0, 1, "i");
            Check.noNaN(new double[] {Double.NEGATIVE_INFINITY}, "x");
        });
        refused("x must be a finite number above 0, was 0.0", () -> Check.positive(0, "x"));
        refused("x must lie in (0, 1), was 1.0", () -> Check.insideUnit(1, "x"));
        refused("i must lie in [0, 1), was 1", () -> Check.index(1, 1, "i"));
        refused("k must be at least 1, was 0", () -> Check.atLeast(0, 1, "k"));
        refused("k must be from 1 to 3, was 4", () -> Check.between(4, 1, 3, "k"));
    }

    @Test
    void arraysAreNamedWithTheirCounts() {
        refused("x must not be empty, had 0 elements", () -> Check.nonEmpty(0, "x"));
        refused("x and y must be of equal length, were 1 and 2", () -> Check.sameLength(1, "x", 2, "y"));
        refused(
                "x must hold no NaN, had 2 of 3, the first at index 0",
                () -> Check.noNaN(new double[] {Double.NaN, 1, Double.NaN}, "x"));
        refused("x[0] must be a finite number, was Infinity", () -> Check.allFinite(new double[] {1 / 0.0}, "x"));
    }
}
