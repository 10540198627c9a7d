package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertBits;
import static touchstone.nn.cuda.Numbers.normal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Tensor;

/** The least of each row, distances and transposes. */
class NeighbourKernelsTest {
    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#shapes")
    void transposes(int[] shape) {
        Tensor x = normal(shape[0], shape[1], "x");
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.floats(shape[1], shape[0], 1);
        Device.launch("ts_transpose", in, out, shape[0], shape[1], in.stride, out.stride);
        Tensor expected = CPU.zeros(shape[1], shape[0]);
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                expected.set(j, i, x.get(i, j));
            }
        }
        assertBits(expected, out);
    }

    /** Columns by number, NaN last, then by index. */
    private static List<Integer> sorted(Tensor x, int row) {
        return IntStream.range(0, x.columns())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> x.get(row, j) + 0.0)
                        .thenComparing(j -> j))
                .toList();
    }

    private static void assertLeast(Tensor x, Cells values, Cells indices, int k) {
        for (int i = 0; i < x.rows(); i++) {
            List<Integer> order = sorted(x, i);
            for (int t = 0; t < k; t++) {
                int index = t < order.size() ? order.get(t) : -1;
                assertEquals(index, indices.getInt(i, t), "row " + i + ", rank " + t);
                double value = index < 0 ? Double.POSITIVE_INFINITY : x.get(i, index) + 0.0;
                assertEquals(value, (double) values.get(i, t), "row " + i + ", rank " + t);
            }
        }
    }

    private static Tensor awkward(int n, int d) {
        Tensor x = normal(n, d, "x");
        for (int j = 0; j < d && n > 1; j++) {
            x.set(0, j, -j); // each is less than all before
            x.set(1, j, Math.rint(x.get(1, j))); // ties
        }
        for (int j = 0; j < d && n > 3; j += 3) {
            x.set(2, j, j % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY);
            x.set(3, j, j % 2 == 0 ? -0.0 : 0);
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 1031, 128", "7, 300, 127", "5, 50, 50", "4, 20, 64", "3, 2000, 1", "0, 7, 3", "4, 0, 5"})
    void findsTheLeast(int n, int d, int k) {
        Tensor x = awkward(n, d);
        Cells in = Cells.of(x, GAP);
        Cells values = Cells.floats(n, k, 0);
        Cells indices = Cells.ints(n, k);
        Device.launch("ts_least", in, values, indices, n, d, in.stride, 0, k);
        assertLeast(x, values, indices, k);
    }

    @ParameterizedTest
    @CsvSource({"3, 700, 31, 100", "5, 1031, 128, 600", "4, 90, 128, 17"})
    void goesOnWithTheNextColumns(int n, int d, int k, int first) {
        Tensor x = awkward(n, d);
        Cells left = Cells.of(x.block(0, n, 0, first), 0);
        Cells right = Cells.of(x.block(0, n, first, d - first), GAP);
        Cells values = Cells.floats(n, k, 0);
        Cells indices = Cells.ints(n, k);
        Device.launch("ts_least", left, values, indices, n, first, left.stride, 0, k);
        Device.launch("ts_least", right, values, indices, n, d - first, right.stride, first, k);
        assertLeast(x, values, indices, k);
    }

    @Test
    void nearestAreTheLeastOfTheDistances() {
        int n = 7;
        int m = 501;
        int d = 19;
        Tensor a = normal(n, d, "a");
        Tensor b = normal(m, d, "b");
        CPU.selectRows(a, new int[] {0, 1, 2}, b.head(3)); // at distance 0 of themselves
        Tensor product = CPU.zeros(n, m);
        CPU.abt(a, b, product);
        Cells lengthsA = squares(a);
        Cells lengthsB = squares(b);
        Cells products = Cells.of(product, GAP);
        Cells values = Cells.floats(n, 11, 0);
        Cells indices = Cells.ints(n, 11);
        Device.launch("ts_nearest", products, lengthsA, lengthsB, values, indices, n, m, products.stride, 0, 11);
        Device.launch("ts_distances", lengthsA, lengthsB, products, n, m, products.stride);
        assertLeast(products.tensor(CPU), values, indices, 11);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int c = 0; c < d; c++) {
                    sum += Math.pow(a.get(i, c) - b.get(j, c), 2);
                }
                assertEquals(sum, products.get(i, j), 1e-4); // squared lengths up to 50, 19 products rounded to float
            }
        }
        assertEquals(0, indices.getInt(0, 0));
    }

    private static Cells squares(Tensor x) {
        Cells out = Cells.floats(1, x.rows(), 0);
        Device.launch("ts_row_squares", Cells.of(x, 0), out, x.rows(), x.columns(), x.columns());
        return out;
    }

    @Test
    void distancesAreNeverNegativeAndKeepNaN() {
        Cells products = Cells.of(CPU.zeros(1, 2), 0);
        Tensor b = CPU.zeros(1, 2);
        b.set(0, 0, -1);
        b.set(0, 1, Double.NaN);
        Device.launch("ts_distances", Cells.of(CPU.zeros(1, 1), 0), Cells.of(b, 0), products, 1, 2, 2);
        assertEquals(0f, products.get(0, 0));
        assertEquals(Float.NaN, products.get(0, 1));
    }
}
