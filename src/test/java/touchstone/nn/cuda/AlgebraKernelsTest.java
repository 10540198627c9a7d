package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.normal;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.nn.Tensor;

/** Kernels of the algebra: rounding to bf16, random numbers, mirrors, exact distances. */
class AlgebraKernelsTest {
    /** The float whose upper half these bits are. */
    private static float wide(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    private static int half(Cells y, int row, int column) {
        return (y.getInt(row, column / 2) >>> (16 * (column % 2))) & 0xffff;
    }

    /** Of the two neighbours in bf16 the nearer one, of two as near the even one. */
    private static void assertNearest(float x, int bits) {
        int below = Float.floatToRawIntBits(x) >>> 16;
        BigDecimal exact = new BigDecimal(x);
        BigDecimal down = new BigDecimal(wide(below)).subtract(exact).abs();
        BigDecimal up = new BigDecimal(wide(below + 1)).subtract(exact).abs();
        int order = down.compareTo(up);
        int expected = order < 0 || (order == 0 && below % 2 == 0) ? below : below + 1;
        assertEquals(expected, bits, "of " + x);
    }

    @Test
    void roundsToTheNearestBfloat() {
        Tensor x = normal(7, 30, "x");
        float[] awkward = {0, -0f, 1, 0x1.01p0f, 0x1.03p0f, -0x1.01p0f, 1e-40f, 3.3e38f, 65535, Float.MIN_NORMAL};
        for (int j = 0; j < awkward.length; j++) {
            x.set(2, j, awkward[j]);
        }
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.ints(7, 16);
        Device.launch("ts_bfloat16", in, out, 7, 30, in.stride, 32);
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 30; j++) {
                assertNearest((float) x.get(i, j), half(out, i, j));
            }
            assertEquals(0x7fff_a5a5, out.getInt(i, 15), "the gap between rows");
        }
    }

    @Test
    void infinityAndNaNStay() {
        Tensor x = normal(1, 4, "x");
        x.set(0, 0, Double.POSITIVE_INFINITY);
        x.set(0, 1, Double.NEGATIVE_INFINITY);
        x.set(0, 2, Double.NaN);
        x.set(0, 3, Float.intBitsToFloat(0x7f800001));
        Cells out = Cells.ints(1, 2);
        Device.launch("ts_bfloat16", Cells.of(x, 0), out, 1, 4, 4, 4);
        assertEquals(Float.POSITIVE_INFINITY, wide(half(out, 0, 0)));
        assertEquals(Float.NEGATIVE_INFINITY, wide(half(out, 0, 1)));
        assertTrue(Float.isNaN(wide(half(out, 0, 2))) && Float.isNaN(wide(half(out, 0, 3))));
    }

    /** 10,000 numbers: mean within 5 standard errors of 0 (1/sqrt(3) over 100), all within [-1, 1), hardly any twice, other seeds others. */
    @Test
    void uniformNumbersFollowFromSeedAndPlace() {
        Cells x = Cells.floats(100, 100, GAP);
        Cells plain = Cells.floats(1, 10_000, 0);
        Cells other = Cells.floats(1, 10_000, 0);
        Device.launch("ts_uniform", x, 100, 100, x.stride, 7L);
        Device.launch("ts_uniform", plain, 1, 10_000, 10_000, 7L);
        Device.launch("ts_uniform", other, 1, 10_000, 10_000, 8L);
        double sum = 0;
        double across = 0;
        Set<Float> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            float v = plain.get(0, i);
            assertTrue(v >= -1 && v < 1, "number " + v);
            assertEquals(v, x.get(i / 100, i % 100));
            sum += v;
            across += v * other.get(0, i);
            seen.add(v);
        }
        assertEquals(0, sum / 10_000, 5 / Math.sqrt(3) / 100);
        assertEquals(0, across / 10_000, 5.0 / 3 / 100);
        assertTrue(seen.size() > 9_990);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "7", "33"})
    void mirrorsTheUpperTriangle(int d) {
        Tensor x = normal(d, d, "x");
        Cells out = Cells.of(x, GAP);
        Device.launch("ts_mirror", out, d, out.stride, 0.5f);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                assertEquals((float) x.get(Math.min(i, j), Math.max(i, j)) * 0.5f, out.get(i, j));
            }
        }
    }

    private static Cells doubles(int rows, int columns, String name) {
        Tensor x = normal(rows, columns, name);
        Cells out = Cells.doubles(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out.setDouble(i, j, x.get(i, j) / 3);
            }
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "9, 70, 33", "3, 31, 64", "17, 32, 5"})
    void squaredDistancesHaveTheBitsOfTheLoop(int m, int n, int d) {
        Cells queries = doubles(m, d, "q");
        Cells rows = doubles(n, d, "x");
        Cells out = Cells.doubles(m, n);
        Device.launch("ts_squared_distances", queries, rows, out, m, n, d);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int c = 0; c < d; c++) {
                    double difference = rows.getDouble(j, c) - queries.getDouble(i, c);
                    sum += difference * difference;
                }
                assertEquals(sum, out.getDouble(i, j), 0);
            }
        }
    }

    @Test
    void nearestHalvesAreTheLeastOfHalfTheLengthsLessTheProducts() {
        Tensor products = normal(3, 300, "p");
        Tensor b = normal(1, 300, "b");
        Cells values = Cells.floats(3, 9, 0);
        Cells indices = Cells.ints(3, 9);
        Cells in = Cells.of(products, GAP);
        Device.launch("ts_nearest_halves", in, Cells.of(b, 0), values, indices, 3, 300, in.stride, 0, 9);
        for (int i = 0; i < 3; i++) {
            var all = new double[300];
            for (int j = 0; j < 300; j++) {
                all[j] = 0.5f * (float) b.get(0, j) - (float) products.get(i, j);
            }
            for (int t = 0; t < 9; t++) {
                assertEquals((float) all[indices.getInt(i, t)], values.get(i, t));
            }
            Arrays.sort(all);
            for (int t = 0; t < 9; t++) {
                assertEquals((float) all[t], values.get(i, t));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 7", "1, 1", "3, 1031", "0, 4"})
    void lengthsOfRows(int n, int d) {
        Tensor x = normal(n, d, "x");
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.floats(1, n, 0);
        Device.launch("ts_row_lengths", in, out, n, d, in.stride);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += x.get(i, j) * x.get(i, j);
            }
            assertEquals(Math.sqrt(sum), out.get(0, i), 1e-7 * Math.sqrt(sum)); // one rounding to float
        }
    }
}
