package touchstone.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortTest {
    /** All kinds of doubles, with ties, both zeros and both infinities among them. */
    private static double[] numbers(int n, String kind) {
        RandomGenerator rng = Seeds.rng(7, kind, n);
        var x = new double[n];
        for (int i = 0; i < n; i++) {
            double v =
                    switch (kind) {
                        case "float" -> (float) rng.nextGaussian();
                        case "ties" -> Math.rint(3 * rng.nextGaussian()) / 3;
                        case "close" -> (rng.nextInt(3) - 1) * (1 + 0x1p-52 * rng.nextInt(1 << 20));
                        case "bits" -> Double.longBitsToDouble(rng.nextLong());
                        default -> rng.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : rng.nextGaussian() * 1e300 * 1e10;
                    };
            x[i] = Double.isNaN(v) ? -0.0 : v;
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({
        "0,float",
        "1,ties",
        "1999,bits",
        "2000,bits",
        "5000,float",
        "5000,ties",
        "70000,bits",
        "9000,close",
        "3000,infinite"
    })
    void agreesWithComparing(int n, String kind) {
        double[] x = numbers(n, kind);
        double[] before = x.clone();
        double[] expected = Arrays.stream(x).map(v -> v + 0.0).sorted().toArray();
        assertArrayEquals(expected, Sort.ascending(x), 0);
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i] + 0.0))
                .mapToInt(i -> i)
                .toArray();
        assertArrayEquals(order, Sort.order(x));
        assertArrayEquals(before, x, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60_000})
    void twoAtATimeIsOneAfterTheOther(int n) {
        double[] a = numbers(n, "ties");
        double[] b = numbers(n + 1, "bits");
        double[][] both = Sort.ascending(a, b);
        assertArrayEquals(Sort.ascending(a), both[0], 0);
        assertArrayEquals(Sort.ascending(b), both[1], 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 4000})
    void zerosAreOneNumber(int n) {
        var x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i % 2 == 0 ? 0.0 : -0.0;
        }
        for (double v : Sort.ascending(x)) {
            assertEquals(0, Double.doubleToRawLongBits(v));
        }
        assertArrayEquals(IntStream.range(0, n).toArray(), Sort.order(x));
    }
}
