package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.CudaOptions.Precision;

/** Float32 matrices that stay on the stub's card against plain sums in double, with all memory and with little. */
class CudaMatricesTest {
    private static final double CLOSE = 2e-5; // float32: sums of up to 700 numbers of order 1
    private static final CudaBackend ROOMY = Stub.backend();
    private static final CudaBackend NARROW =
            Stub.backend(CudaOptions.defaults().withCap(256 << 10));

    @AfterAll
    static void nothingIsWrittenPastAnEnd() {
        assertEquals(0, Stub.calls().stub_torn());
        ROOMY.close();
        NARROW.close();
    }

    static Stream<CudaBackend> both() {
        return Stream.of(ROOMY, NARROW);
    }

    /** A block of a wider matrix, filled on the card. */
    private static Tensor random(CudaBackend card, int rows, int columns, long seed) {
        Tensor x = card.zeros(rows + 1, columns + 3).block(1, rows, 1, columns);
        CudaMatrices.on(card).uniform(x, seed);
        return x;
    }

    private static Tensor lower(CudaBackend card, int d) {
        Tensor l = random(card, d, d, 9);
        for (int i = 0; i < d; i++) {
            l.set(i, i, 2 + i % 3);
        }
        return l;
    }

    /** Forward substitution. */
    private static double[] solved(double[][] l, double[] x) {
        var y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i];
            for (int j = 0; j < i; j++) {
                y[i] -= l[i][j] * y[j];
            }
            y[i] /= l[i][i];
        }
        return y;
    }

    private static double[] less(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(j -> x[j] - y[j]).toArray();
    }

    private static double square(double[] x) {
        return Arrays.stream(x).map(v -> v * v).sum();
    }

    private static void assertNear(double expected, double found) {
        assertEquals(expected, found, CLOSE * (1 + Math.abs(expected)));
    }

    @ParameterizedTest
    @MethodSource("both")
    void covarianceIsThatOfThePlainSums(CudaBackend card) {
        Tensor x = random(card, 700, 13, 1);
        Tensor mean = card.zeros(1, 13);
        Tensor out = card.zeros(13, 13);
        card.fill(out, Double.NaN);
        card.fill(mean, Double.NaN);
        CudaMatrices.on(card).covariance(x, mean, out);
        double[][] rows = x.toMatrix();
        for (int i = 0; i < 13; i++) {
            int a = i;
            double middle = Arrays.stream(rows).mapToDouble(r -> r[a]).sum() / 700;
            assertNear(middle, mean.get(0, i));
            for (int j = 0; j < 13; j++) {
                int b = j;
                double other = Arrays.stream(rows).mapToDouble(r -> r[b]).sum() / 700;
                double sum = Arrays.stream(rows)
                        .mapToDouble(r -> (r[a] - middle) * (r[b] - other))
                        .sum();
                assertNear(sum / 700, out.get(i, j));
                assertEquals(out.get(i, j), out.get(j, i), 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void scoresAreThoseOfThePlainSums(CudaBackend card) {
        int n = 801;
        int d = 11;
        CudaMatrices matrices = CudaMatrices.on(card);
        Tensor x = random(card, n, d, 2);
        Tensor mean = random(card, 1, d, 3);
        Tensor l = lower(card, d);
        Tensor basis = random(card, 4, d, 4);
        Tensor distances = card.zeros(n, 1);
        Tensor residuals = card.zeros(n, 1);
        Tensor sums = card.zeros(n, 1);
        double[][] rows = x.toMatrix();
        matrices.mahalanobis(x, mean, l, distances);
        matrices.residual(x, mean, basis, residuals);
        matrices.logSumExp(x, sums);
        for (int i = 0; i < n; i++) {
            double[] off = less(rows[i], mean.toMatrix()[0]);
            assertNear(square(solved(l.toMatrix(), off)), distances.get(i, 0));
            double image = Arrays.stream(basis.toMatrix())
                    .mapToDouble(b -> IntStream.range(0, d)
                            .mapToDouble(j -> b[j] * off[j])
                            .sum())
                    .map(v -> v * v)
                    .sum();
            assertNear(Math.sqrt(image), residuals.get(i, 0));
            assertNear(Math.log(Arrays.stream(rows[i]).map(Math::exp).sum()), sums.get(i, 0));
        }
        assertArrayEquals(rows[n - 1], x.toMatrix()[n - 1], 0, "inputs are left alone");
        matrices.solveLower(l, x);
        for (int i = 0; i < n; i += 50) {
            double[] expected = solved(l.toMatrix(), rows[i]);
            for (int j = 0; j < d; j++) {
                assertNear(expected[j], x.get(i, j));
            }
        }
    }

    /** Each list holds rising distances, each of the row that it names, and no other row is nearer than its last. */
    private static void assertNearest(double[][] queries, double[][] rows, int k, Nearest found, double tolerance) {
        int[] indices = found.indices();
        for (int i = 0; i < queries.length; i++) {
            double[] query = queries[i];
            double[] all =
                    Arrays.stream(rows).mapToDouble(x -> square(less(x, query))).toArray();
            double[] sorted = Arrays.stream(all).sorted().toArray();
            for (int t = 0; t < k; t++) {
                double said = found.squared().get(i, t);
                assertEquals(sorted[t], said, tolerance, "query " + i + ", rank " + t);
                assertEquals(all[indices[i * k + t]], said, tolerance);
                assertTrue(t == 0 || said >= found.squared().get(i, t - 1));
            }
            long different =
                    Arrays.stream(indices, i * k, (i + 1) * k).distinct().count();
            assertEquals(k, different);
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void nearestRowsInFloat(CudaBackend card) {
        Tensor queries = random(card, 13, 9, 5);
        Tensor rows = random(card, 1300, 9, 6);
        for (int k : new int[] {1, 10, 128}) {
            try (Nearest found = CudaMatrices.on(card).nearest(Precision.EXACT, queries, rows, k)) {
                assertNearest(queries.toMatrix(), rows.toMatrix(), k, found, CLOSE);
            }
        }
    }

    /** Squared lengths are at most 9: products off by 2^-7 of that, twice. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void nearestRowsInOtherPrecisions(Precision p) {
        Tensor queries = random(ROOMY, 12, 9, 7);
        Tensor rows = random(ROOMY, 200, 9, 8);
        try (Nearest found = CudaMatrices.on(ROOMY).nearest(p, queries, rows, 5)) {
            assertNearest(queries.toMatrix(), rows.toMatrix(), 5, found, p == Precision.EXACT ? CLOSE : 2 * 9 * 0x1p-7);
        }
    }

    @Test
    void fewerRowsThanAskedForEndInInfinity() {
        Tensor x = random(ROOMY, 3, 2, 5);
        try (Nearest found = CudaMatrices.on(ROOMY).nearest(Precision.EXACT, x, x, 5)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(i, found.indices()[5 * i]);
                assertEquals(-1, found.indices()[5 * i + 3]);
                assertEquals(Double.POSITIVE_INFINITY, found.squared().get(i, 4));
            }
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        CudaMatrices matrices = CudaMatrices.on(ROOMY);
        Tensor x = ROOMY.zeros(4, 3);
        assertEquals("k must be from 1 to 128, was 129", refusal(() -> matrices.nearest(Precision.EXACT, x, x, 129)));
        assertEquals(
                "l must have shape [3, 3], had [4, 3]",
                refusal(() -> matrices.mahalanobis(x, x.head(1), x, ROOMY.zeros(4, 1))));
        assertEquals("out must have shape [4, 1], had [1, 4]", refusal(() -> matrices.logSumExp(x, ROOMY.zeros(1, 4))));
        assertEquals(
                "cuda must be a backend of Cuda.floats, was a FloatCpu", refusal(() -> CudaMatrices.on(Numbers.CPU)));
        assertEquals("Stub card 0", matrices.card().name());
    }

    private static String refusal(Runnable work) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, work::run).getMessage());
    }

    @Test
    void uploadsAndFreesAtOnce() {
        CudaMatrices matrices = CudaMatrices.on(ROOMY);
        Tensor x = ROOMY.zeros(300, 300);
        x.set(0, 0, 1);
        long before = ROOMY.context.memory().used();
        matrices.upload(x);
        assertTrue(ROOMY.context.memory().used() - before >= 360_000);
        matrices.synchronize();
        assertEquals(1, ROOMY.sumOfSquares(x));
        matrices.free(x);
        assertEquals(before, ROOMY.context.memory().used());
    }
}
