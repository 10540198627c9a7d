package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.normal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.nn.Tensor;

/** The least of each row, and the nearest. */
class NeighbourKernelsTest {
    /** Columns by number, NaN last, then by index. */
    private static List<Integer> sorted(Tensor x, int row) {
        return IntStream.range(0, x.columns())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> x.get(row, j) + 0.0)
                        .thenComparing(j -> j))
                .toList();
    }

    /** The least numbers of x as what is left of them over products and squared lengths of 0. */
    private static void least(Tensor x, int gap, Cells values, Cells indices, int start, int k) {
        Tensor products = CPU.zeros(x.rows(), x.columns());
        CPU.add(-1, x, products);
        Cells in = Cells.of(products, gap);
        Cells zeros = Cells.of(CPU.zeros(1, x.columns()), 0);
        Device.launch("ts_nearest_halves", in, zeros, values, indices, x.rows(), x.columns(), in.stride, start, k);
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
        Cells values = Cells.floats(n, k, 0);
        Cells indices = Cells.ints(n, k);
        least(x, GAP, values, indices, 0, k);
        assertLeast(x, values, indices, k);
    }

    @ParameterizedTest
    @CsvSource({"3, 700, 31, 100", "5, 1031, 128, 600", "4, 90, 128, 17"})
    void goesOnWithTheNextColumns(int n, int d, int k, int first) {
        Tensor x = awkward(n, d);
        Cells values = Cells.floats(n, k, 0);
        Cells indices = Cells.ints(n, k);
        least(x.block(0, n, 0, first), 0, values, indices, 0, k);
        least(x.block(0, n, first, d - first), GAP, values, indices, first, k);
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
        Tensor distances = CPU.zeros(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                float twice = 2f * products.get(i, j);
                distances.set(i, j, Math.max(0f, lengthsA.get(0, i) + lengthsB.get(0, j) - twice));
                double sum = 0;
                for (int c = 0; c < d; c++) {
                    sum += Math.pow(a.get(i, c) - b.get(j, c), 2);
                }
                assertEquals(sum, distances.get(i, j), 1e-4); // squared lengths up to 50, 19 products rounded to float
            }
        }
        assertLeast(distances, values, indices, 11);
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
        b.set(0, 0, Double.NaN);
        b.set(0, 1, -1);
        Cells values = Cells.floats(1, 2, 0);
        Cells indices = Cells.ints(1, 2);
        Cells none = Cells.of(CPU.zeros(1, 1), 0);
        Device.launch("ts_nearest", products, none, Cells.of(b, 0), values, indices, 1, 2, 2, 0, 2);
        assertEquals(0f, values.get(0, 0));
        assertEquals(1, indices.getInt(0, 0));
        assertEquals(Float.NaN, values.get(0, 1));
    }
}
