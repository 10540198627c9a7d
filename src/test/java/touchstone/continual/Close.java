package touchstone.continual;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Comparisons with golden numbers: relative above 1, absolute below; NaN equals NaN. */
final class Close {
    private static final double TOLERANCE = 1e-9;

    private Close() {}

    static void assertClose(double expected, double actual, String what) {
        assertEquals(
                expected,
                actual,
                Double.isNaN(expected) ? TOLERANCE : TOLERANCE * Math.max(1, Math.abs(expected)),
                what);
    }

    static void assertClose(double[] expected, double[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertClose(expected[i], actual[i], what + "[" + i + "]");
        }
    }
}
