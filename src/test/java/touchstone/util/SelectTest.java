package touchstone.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SelectTest {
    private static void check(int n, IntToDoubleFunction number) {
        double[] x = new double[n];
        Arrays.setAll(x, number);
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        for (int k : new int[] {0, n / 3, n / 2, n - 1}) {
            double[] y = x.clone();
            assertEquals(sorted[k], Select.nth(y, k), 0);
            for (int i = 0; i < n; i++) {
                assertTrue(i < k ? y[i] <= y[k] : y[i] >= y[k], "at " + i + " of " + n);
            }
            Arrays.sort(y);
            assertArrayEquals(sorted, y);
        }
    }

    @Test
    void findsWhatSortingPutsThere() {
        RandomGenerator rng = Seeds.rng(1, "select");
        for (int n : new int[] {1, 2, 24, 25, 1000, 5000}) {
            check(n, i -> rng.nextGaussian());
            check(n, i -> rng.nextInt(3));
            check(n, i -> i);
            check(n, i -> -i);
            check(n, i -> Math.abs(i - n / 2)); // an organ pipe, the worst of middles
            check(n, i -> i % 7 == 0 ? Double.POSITIVE_INFINITY : i % 5 == 0 ? Double.NEGATIVE_INFINITY : 1);
        }
    }

    @Test
    void demandsAnIndex() {
        assertThrows(IllegalArgumentException.class, () -> Select.nth(new double[2], 2));
        assertThrows(IllegalArgumentException.class, () -> Select.nth(new double[0], 0));
    }
}
