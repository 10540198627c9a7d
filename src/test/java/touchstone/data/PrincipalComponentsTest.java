package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
    /** Points of a line through (1, 1) along (3, 4), and a little across. */
    @Test
    void byHand() {
        double[][] x = {{4, 5}, {-2, -3}, {1 - 0.4, 1 + 0.3}, {1 + 0.4, 1 - 0.3}};
        PrincipalComponents pca = PrincipalComponents.fit(x, 2);
        assertArrayEquals(new double[] {12.5, 0.125}, pca.variances(), 1e-12);
        double[][] z = pca.transform(x);
        assertArrayEquals(new double[] {5, 0}, z[0], 1e-12);
        assertArrayEquals(new double[] {0, -0.5}, z[2], 1e-12);
    }

    /** Coordinates are uncorrelated, centred, of the stated variances; all directions together keep distances. */
    @Test
    void coordinatesOfDigits() {
        double[][] x = Digits.load().matrix();
        PrincipalComponents pca = PrincipalComponents.fit(x, 64);
        double[][] z = pca.transform(x);
        for (int a = 0; a < 16; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (double[] row : z) {
                    sum += row[a] * row[b] / z.length;
                }
                assertEquals(a == b ? pca.variances()[a] : 0, sum, 1e-9);
            }
            assertTrue(a == 0 || pca.variances()[a] <= pca.variances()[a - 1]);
        }
        double before = 0;
        double after = 0;
        for (int j = 0; j < 64; j++) {
            before += (x[3][j] - x[8][j]) * (x[3][j] - x[8][j]);
            after += (z[3][j] - z[8][j]) * (z[3][j] - z[8][j]);
        }
        assertEquals(before, after, 1e-8);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "count must be at most the number of columns, was 3 of 2",
                assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.fit(new double[4][2], 3))
                        .getMessage());
        PrincipalComponents pca = PrincipalComponents.fit(new double[][] {{1, 2}, {3, 5}}, 1);
        assertEquals(
                "x[0] and a fitted row must be of equal length, were 3 and 2",
                assertThrows(IllegalArgumentException.class, () -> pca.transform(new double[1][3]))
                        .getMessage());
    }
}
