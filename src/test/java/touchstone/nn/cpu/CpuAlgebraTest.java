package touchstone.nn.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Algebra;
import touchstone.util.Seeds;

class CpuAlgebraTest {
    private static final Algebra ONE = Cpu.algebra(1);
    private static final Algebra THREE = Cpu.algebra(3);

    private static double[][] normal(int n, int d, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "algebra");
        return IntStream.range(0, n)
                .mapToObj(i -> rng.doubles(d, -2, 2).toArray())
                .toArray(double[][]::new);
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> a[j] * b[j]).sum();
    }

    /** Sums of d products of numbers up to 2, in any order: within 4 d (d + 1) half ulps of 1. */
    private static double rounding(int d) {
        return 4.0 * d * (d + 1) * Math.ulp(0.5);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 7, 5", "70, 65, 129", "300, 90, 200"})
    void productsAreSumsOfProducts(int m, int n, int d) {
        double[][] a = normal(m, d, 1);
        double[][] b = normal(n, d, 2);
        double[][] out = ONE.times(b).of(a);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                assertEquals(dot(a[i], b[j]), out[i][j], rounding(d));
            }
        }
        assertArrayEquals(out, THREE.times(b).of(a));
    }

    /** Blocks of zeros are passed over. */
    @Test
    void productsWithTriangles() {
        double[][] a = normal(40, 130, 1);
        double[][] b = normal(130, 130, 2);
        for (int j = 0; j < 130; j++) {
            Arrays.fill(b[j], j + 1, 130, 0);
            Arrays.fill(b[j], 0, j > 100 ? 130 : j / 2, 0);
        }
        double[][] out = THREE.times(b).of(a);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                assertEquals(dot(a[i], b[j]), out[i][j], rounding(130));
            }
        }
    }

    @Test
    void aRowOfAProductDependsOnThatRowAlone() {
        double[][] a = normal(200, 333, 1);
        double[][] b = normal(77, 333, 2);
        double[][] all = THREE.times(b).of(a);
        for (int from : new int[] {0, 1, 63, 64, 130, 199}) {
            for (int n : new int[] {1, 2, 13, 70}) {
                int to = Math.min(a.length, from + n);
                assertArrayEquals(
                        Arrays.copyOfRange(all, from, to),
                        ONE.times(b).of(Arrays.copyOfRange(a, from, to)),
                        "rows " + from);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 9", "511, 40", "5000, 33"})
    void gramIsTheSumOfOuterProducts(int n, int d) {
        double[][] x = normal(n, d, 3);
        Algebra.Rows rows = (i, into, at) -> System.arraycopy(x[i], 0, into, at, d);
        double[][] s = ONE.gram(n, d, rows);
        assertArrayEquals(s, THREE.gram(n, d, rows));
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                int p = a;
                int q = b;
                double sum = Arrays.stream(x).mapToDouble(r -> r[p] * r[q]).sum();
                assertEquals(sum, s[a][b], 4.0 * n * (n + 1) * Math.ulp(0.5));
                assertEquals(s[b][a], s[a][b], 0);
            }
        }
    }

    @Test
    void aGramMatrixOfNoRowsIsZero() {
        assertArrayEquals(new double[2][2], ONE.gram(0, 2, (i, into, at) -> {}));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 150})
    void eigenvectorsSolveTheirEquation(int d) {
        double[][] x = normal(2 * d, d, 4);
        double[][] s = ONE.gram(2 * d, d, (i, into, at) -> System.arraycopy(x[i], 0, into, at, d));
        Algebra.Eigen eigen = ONE.eigen(s);
        double scale = eigen.values()[d - 1];
        for (int r = 0; r < d; r++) {
            double[] v = eigen.vectors()[r];
            for (int i = 0; i < d; i++) {
                assertEquals(
                        eigen.values()[r] * v[i], dot(s[i], v), 1e-13 * d * scale); // LAPACK: a few d ulps of the norm
                assertEquals(i == r ? 1 : 0, dot(eigen.vectors()[i], v), 1e-13 * d);
            }
            assertEquals(true, r == 0 || eigen.values()[r] >= eigen.values()[r - 1]);
        }
        assertArrayEquals(eigen.vectors(), THREE.eigen(s).vectors());
    }

    @Test
    void eigenDemandsAFiniteSquare() {
        assertEquals(
                "rows of s and row 1 of s must be of equal length, were 2 and 1",
                assertThrows(IllegalArgumentException.class, () -> ONE.eigen(new double[][] {{1, 0}, {1}}))
                        .getMessage());
        assertEquals(
                "s[1][0] must be a finite number, was NaN",
                assertThrows(IllegalArgumentException.class, () -> ONE.eigen(new double[][] {{1, 0}, {Double.NaN, 1}}))
                        .getMessage());
    }

    /** The float product only rules out and lets in: the same bits as without it, at any scale, and where rows are equal. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-12, 1e12, 1e-30, 1e30})
    void theFloatProductChangesNoNeighbour(double scale) {
        RandomGenerator rng = Seeds.rng(4, "knn");
        double[][] rows = new double[2500][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = rng.doubles(33, 5, 5.01).map(v -> v * scale).toArray();
        }
        Arrays.fill(rows, 2200, 2300, rows[7]);
        rows[8] = new double[33];
        double[][] queries = Arrays.copyOfRange(rows, 5, 300);
        for (int k : new int[] {1, 2, 50, 2500}) {
            double[] plain =
                    CpuNeighbours.of(new Threads(1), rows, k, Integer.MAX_VALUE).kth(queries);
            assertArrayEquals(
                    plain, CpuNeighbours.of(new Threads(3), rows, k, 1).kth(queries), 0);
            double[] sorted = Arrays.stream(rows)
                    .mapToDouble(r -> square(r, queries[20]))
                    .sorted()
                    .toArray();
            assertEquals(sorted[k - 1], plain[20], 0);
        }
    }

    private static double square(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }

    @Test
    void neighboursAreAtMostTheRows() {
        assertEquals(
                "k must be at most the number of rows, was 3 of 2",
                assertThrows(IllegalArgumentException.class, () -> ONE.neighbours(new double[2][1], 3))
                        .getMessage());
    }
}
