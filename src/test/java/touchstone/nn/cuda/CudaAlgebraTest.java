package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Algebra;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Seeds;

/** The algebra on the stub driver against the processor's and against plain loops, with all memory and with little. */
class CudaAlgebraTest {
    private static final double CLOSE = 1e-12; // sums of up to 1000 products of order 1, in double
    private static final CudaBackend ROOMY = Stub.backend();
    private static final CudaBackend NARROW =
            Stub.backend(CudaOptions.defaults().withCap(48 << 10));
    private static final Algebra CPU = Cpu.algebra(1);

    @AfterEach
    void noFaults() {
        Stub.calls().stub_reset();
    }

    @AfterAll
    static void nothingIsLostOrWrittenPastAnEnd() {
        assertEquals(0, Stub.calls().stub_torn());
        ROOMY.close();
        NARROW.close();
    }

    static Stream<Algebra> both() {
        return Stream.of(new CudaAlgebra(ROOMY), new CudaAlgebra(NARROW));
    }

    private static double[][] normal(int n, int d, String name) {
        RandomGenerator rng = Seeds.rng(51, name, n);
        var x = new double[n][d];
        for (double[] row : x) {
            for (int j = 0; j < d; j++) {
                row[j] = rng.nextGaussian();
            }
        }
        return x;
    }

    private static void assertClose(double[][] expected, double[][] found, double tolerance) {
        assertEquals(expected.length, found.length);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], found[i], tolerance, "row " + i);
        }
    }

    /** Under 48 KB the bank of [150, 31], 37 KB, goes there in four slabs. */
    @ParameterizedTest
    @MethodSource("both")
    void productsAreTheProcessors(Algebra card) {
        for (int[] s : new int[][] {{1, 1, 1}, {5, 150, 31}, {97, 3, 40}, {0, 4, 2}, {3, 0, 2}, {3, 2, 0}}) {
            double[][] a = normal(s[0], s[2], "a");
            double[][] b = normal(s[1], s[2], "b");
            assertClose(CPU.times(b).of(a), card.times(b).of(a), CLOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void aRowOfAProductDependsOnThatRowAlone(Algebra card) {
        double[][] a = normal(33, 17, "a");
        Algebra.Product product = card.times(normal(50, 17, "b"));
        double[][] all = product.of(a);
        assertArrayEquals(all[31], product.of(new double[][] {a[31]})[0], 0);
    }

    @ParameterizedTest
    @MethodSource("both")
    void gramIsSymmetricAndTheProcessors(Algebra card) {
        for (int[] s : new int[][] {{1, 1}, {700, 13}, {3, 40}, {0, 3}, {2, 0}}) {
            double[][] x = normal(s[0], s[1], "x");
            Algebra.Rows rows = (i, into, at) -> System.arraycopy(x[i], 0, into, at, s[1]);
            double[][] found = card.gram(s[0], s[1], rows);
            assertClose(CPU.gram(s[0], s[1], rows), found, 700 * CLOSE);
            for (int i = 0; i < s[1]; i++) {
                for (int j = 0; j < i; j++) {
                    assertEquals(found[i][j], found[j][i], 0);
                }
            }
        }
    }

    private static double[][] symmetric(int d, double scale) {
        double[][] s = normal(d, d, "s");
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                s[i][j] *= scale;
                s[j][i] = 7 * scale; // not read
            }
        }
        return s;
    }

    private static double lower(double[][] s, int i, int j) {
        return s[Math.max(i, j)][Math.min(i, j)];
    }

    /** {@code S v = value v}, unit and orthogonal vectors, rising values: of any size of matrix and of numbers. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-160, 1e170})
    void eigenvectorsSolveTheirEquation(double scale) {
        for (int d : new int[] {1, 2, 9, 16}) {
            double[][] s = symmetric(d, scale);
            Algebra.Eigen eigen = new CudaAlgebra(ROOMY).eigen(s);
            double bound = 1e-14 * d * d * scale; // some ulps of the largest number for each rotation of a row
            for (int r = 0; r < d; r++) {
                double[] v = eigen.vectors()[r];
                assertTrue(r == 0 || eigen.values()[r] >= eigen.values()[r - 1]);
                for (int i = 0; i < d; i++) {
                    double image = 0;
                    double across = 0;
                    for (int j = 0; j < d; j++) {
                        image += lower(s, i, j) * v[j];
                        across += eigen.vectors()[i][j] * v[j];
                    }
                    assertEquals(eigen.values()[r] * v[i], image, bound);
                    assertEquals(i == r ? 1 : 0, across, 1e-13);
                }
            }
        }
    }

    /** Values alone: vectors of equal values may differ. */
    @Test
    void eigenvaluesAreTheProcessors() {
        double[][] low = CPU.gram(4, 12, (i, into, at) -> System.arraycopy(normal(4, 12, "x")[i], 0, into, at, 12));
        double[][] zero = new double[6][6];
        double[][] tied = new double[5][5];
        for (int i = 0; i < 5; i++) {
            tied[i][i] = 3;
        }
        for (double[][] s : new double[][][] {low, zero, tied}) {
            assertArrayEquals(
                    CPU.eigen(s).values(), new CudaAlgebra(NARROW).eigen(s).values(), 1e-12);
        }
    }

    @Test
    void aMatrixOfNothingHasNoEigenvalues() {
        assertEquals(0, new CudaAlgebra(ROOMY).eigen(new double[0][]).values().length);
    }

    @Test
    void eigenRefusesWhatTheProcessorRefuses() {
        for (double[][] s : new double[][][] {{{1, 2}}, {{1, 0}, {Double.NaN, 1}}}) {
            var expected = assertThrows(IllegalArgumentException.class, () -> CPU.eigen(s));
            var found = assertThrows(IllegalArgumentException.class, () -> new CudaAlgebra(ROOMY).eigen(s));
            assertEquals(expected.getMessage(), found.getMessage());
        }
    }

    /** The k-th least of sums taken in order, as the interface promises them. */
    private static double[] plain(double[][] rows, double[][] queries, int k) {
        return Arrays.stream(queries)
                .mapToDouble(q -> Arrays.stream(rows)
                        .mapToDouble(x -> {
                            double sum = 0;
                            for (int j = 0; j < q.length; j++) {
                                sum += (x[j] - q[j]) * (x[j] - q[j]);
                            }
                            return sum;
                        })
                        .sorted()
                        .skip(k - 1)
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("both")
    void neighboursAreThoseOfThePlainSumsToTheBit(Algebra card) {
        double[][] rows = normal(700, 11, "x");
        double[][] queries = normal(23, 11, "q");
        queries[5] = rows[17].clone();
        for (int k : new int[] {1, 7, 50, 128, 300, 700}) {
            assertArrayEquals(plain(rows, queries, k), card.neighbours(rows, k).kth(queries), 0, "k " + k);
        }
        assertArrayEquals(new double[0], card.neighbours(rows, 1).kth(new double[0][]));
    }

    /** Rows within rounding of one another, rows that are all the same, lengths that float cannot hold or square, a huge offset. */
    @ParameterizedTest
    @MethodSource("both")
    void neighboursHoldWhereFloatFails(Algebra card) {
        double[][] queries = normal(4, 6, "q");
        double[][] close = normal(190, 6, "x");
        double[][] same = new double[180][6];
        double[][] far = normal(180, 6, "far");
        double[][] huge = normal(150, 6, "huge");
        double[][] tiny = normal(150, 6, "tiny");
        Random random = new Random(1);
        for (double[] row : close) {
            Arrays.setAll(row, j -> 1 + 1e-9 * random.nextInt(1000));
        }
        for (double[] row : far) {
            Arrays.setAll(row, j -> row[j] + 1e5);
        }
        for (double[] row : huge) {
            Arrays.setAll(row, j -> row[j] * 1e200);
        }
        for (double[] row : tiny) {
            Arrays.setAll(row, j -> row[j] * 1e-200);
        }
        double[][] others = Arrays.copyOf(far, 4);
        for (double[][] rows : new double[][][] {close, same, far, huge, tiny}) {
            for (int k : new int[] {1, 20}) {
                assertArrayEquals(
                        plain(rows, queries, k), card.neighbours(rows, k).kth(queries), 0);
                assertArrayEquals(
                        plain(rows, others, k), card.neighbours(rows, k).kth(others), 0);
            }
        }
    }

    /**
     * Sums in float32 from the first to the last, from the last to the first and in pairs, of numbers of either and of one sign:
     * half of the slack is not used up, and sums of one sign use a thousandth of it at least.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 1024})
    void roundingStaysWithinHalfOfTheSlack(int d) {
        double most = 0;
        for (int time = 0; time < 50; time++) {
            double[] q = normal(1, d, "q" + time)[0];
            double[] x = normal(1, d, "x" + time)[0];
            if (time % 2 == 0) {
                Arrays.setAll(q, j -> 1 + 1e-3 * Math.abs(q[j]));
                Arrays.setAll(x, j -> 1 + 1e-3 * Math.abs(x[j]));
            }
            double exact = 0;
            double length = 0;
            double other = 0;
            for (int j = 0; j < d; j++) {
                exact += x[j] * x[j] / 2 - q[j] * x[j];
                length += q[j] * q[j];
                other += x[j] * x[j];
            }
            double slack = CudaNeighbours.slack(d, Math.sqrt(length), Math.sqrt(other));
            for (float product : new float[] {rising(q, x), falling(q, x), pairs(q, x, 0, d)}) {
                float rough = 0.5f * (float) other - product;
                most = Math.max(most, Math.abs(rough - exact) / slack);
            }
        }
        assertTrue(most < 0.5 && most > 1e-3, "used " + most);
    }

    private static float rising(double[] q, double[] x) {
        float sum = 0;
        for (int j = 0; j < q.length; j++) {
            sum += (float) q[j] * (float) x[j];
        }
        return sum;
    }

    private static float falling(double[] q, double[] x) {
        float sum = 0;
        for (int j = q.length - 1; j >= 0; j--) {
            sum += (float) q[j] * (float) x[j];
        }
        return sum;
    }

    private static float pairs(double[] q, double[] x, int from, int to) {
        int middle = (from + to) / 2;
        return to - from == 1 ? (float) q[from] * (float) x[from] : pairs(q, x, from, middle) + pairs(q, x, middle, to);
    }

    /** Two kernels, squares and the search, where the list suffices; a third, all distances, only where it does not. */
    @Test
    void theListSufficesForRowsThatFloatTellsApart() {
        double[][] rows = normal(300, 11, "x");
        Algebra.Neighbours search = new CudaAlgebra(ROOMY).neighbours(rows, 7);
        Algebra.Neighbours same = new CudaAlgebra(ROOMY).neighbours(new double[][] {rows[0], rows[0], rows[0]}, 2);
        double[][] many = new double[200][];
        Arrays.fill(many, rows[0]);
        Algebra.Neighbours tied = new CudaAlgebra(ROOMY).neighbours(many, 2);
        assertEquals(2, launches(() -> search.kth(normal(9, 11, "q"))));
        assertEquals(2, launches(() -> same.kth(normal(1, 11, "q"))));
        assertEquals(3, launches(() -> tied.kth(normal(1, 11, "q"))));
    }

    private static long launches(Runnable work) {
        long before = Stub.calls().stub_count("launches");
        work.run();
        return Stub.calls().stub_count("launches") - before;
    }

    @Test
    void queriesThatAreNoNumbersAreInfinitelyFar() {
        double[][] rows = normal(200, 3, "x");
        double[][] queries = {{Double.NaN, 0, 0}, {Double.POSITIVE_INFINITY, 0, 0}, {0, 0, 0}};
        double[] expected = CPU.neighbours(rows, 4).kth(queries);
        assertArrayEquals(expected, new CudaAlgebra(ROOMY).neighbours(rows, 4).kth(queries), 0);
        assertEquals(Double.POSITIVE_INFINITY, expected[0]);
    }

    @Test
    void wrongSizesAreNamed() {
        var card = new CudaAlgebra(ROOMY);
        double[][] rows = normal(4, 3, "x");
        assertEquals(
                "k must be at most the number of rows, was 5 of 4",
                assertThrows(IllegalArgumentException.class, () -> card.neighbours(rows, 5))
                        .getMessage());
        for (var wrong : new Runnable[] {
            () -> card.times(rows).of(normal(2, 4, "a")),
            () -> card.neighbours(rows, 1).kth(normal(2, 4, "a")),
            () -> card.times(new double[][] {{1, 2}, {1}})
        }) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }

    @Test
    void theSameBitsTwice() {
        double[][] a = normal(40, 19, "a");
        double[][] b = normal(60, 19, "b");
        for (int time = 0; time < 2; time++) {
            double[][] first = new CudaAlgebra(ROOMY).times(b).of(a);
            double[][] second = new CudaAlgebra(ROOMY).times(b).of(a);
            assertClose(first, second, 0);
        }
    }
}
