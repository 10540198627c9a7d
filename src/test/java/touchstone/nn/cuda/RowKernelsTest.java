package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.DOUBLES;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertNear;
import static touchstone.nn.cuda.Numbers.doubles;
import static touchstone.nn.cuda.Numbers.normal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Tensor;

/** Kernels that compute row by row. */
class RowKernelsTest {
    private static final double ULPS = 6e-7; // five ulp: two of exp, one of the sum's inverse, two products
    private static final double ROUNDED = 1.2e-7; // one ulp: computed in double, rounded once, epsilon a float
    private static final double TINY = 1e-37; // exp gives 0 below

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#fewRows")
    void softmax(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        Tensor y = CPU.zeros(n, d);
        CPU.softmax(x, y);
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.floats(n, d, 1);
        Device.launch("ts_softmax", in, out, n, d, in.stride, out.stride);
        assertNear(y, out, ULPS, TINY);
        Device.launch("ts_softmax", in, in, n, d, in.stride, in.stride);
        assertNear(y, in, ULPS, TINY);
    }

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#fewRows")
    void softmaxGradient(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor y = normal(n, d, "x");
        CPU.softmax(y, y);
        Tensor dy = normal(n, d, "dy");
        Cells slope = Cells.of(dy, GAP);
        Cells out = Cells.of(y, 0);
        Device.launch("ts_softmax_gradient", out, slope, slope, n, d, out.stride, slope.stride, slope.stride);
        CPU.softmaxGradient(y, dy, dy);
        assertNear(dy, slope, 0, 1e-6); // |y| <= 1 times a few ulp of dy and its mean, up to 5
    }

    @Test
    void takesMoreRowsThanTheGridHolds() {
        int n = 8 * 70 * 7 + 1; // eight rows a block, 70 blocks at most
        Tensor x = normal(n, 2, "x");
        Cells sums = Cells.floats(1, n, 0);
        Device.launch("ts_row_squares", Cells.of(x, 0), sums, n, 2, 2);
        for (int i = 0; i < n; i++) {
            double square = x.get(i, 0) * x.get(i, 0) + x.get(i, 1) * x.get(i, 1);
            assertEquals(square, sums.get(0, i), ROUNDED * square);
        }
    }

    /** 20,000 of them between -87 and 0, in rows of 25 that begin with 0. */
    @Test
    void exponentialsAreWithinTwoUlp() {
        int n = 800;
        Tensor x = CPU.zeros(n, 26);
        Tensor y = DOUBLES.zeros(n, 26);
        for (int i = 0; i < n; i++) {
            double sum = 1;
            for (int j = 1; j < 26; j++) {
                x.set(i, j, -87.0 * (25 * i + j - 1) / (25 * n));
                sum += Math.exp(x.get(i, j));
            }
            for (int j = 0; j < 26; j++) {
                y.set(i, j, Math.exp(x.get(i, j)) / sum);
            }
        }
        Cells cells = Cells.of(x, 0);
        Device.launch("ts_softmax", cells, cells, n, 26, 26, 26);
        assertNear(y, cells, 2.4e-7 + 2 * ROUNDED, 0); // of the number, of the sum of others, of their quotient
    }

    @Test
    void softmaxAndLogSumExpCarryWhatIsNotFinite() {
        Tensor x = normal(5, 6, "x");
        x.set(0, 2, Double.NaN);
        CPU.fill(x.block(1, 1, 0, 6), Double.NEGATIVE_INFINITY);
        x.set(2, 3, Double.NEGATIVE_INFINITY);
        x.set(3, 4, Double.POSITIVE_INFINITY);
        x.set(4, 0, -3e38);
        Tensor y = CPU.zeros(5, 6);
        CPU.softmax(x, y);
        Cells out = Cells.floats(5, 6, 0);
        Device.launch("ts_softmax", Cells.of(x, 0), out, 5, 6, 6, 6);
        assertNear(y, out, ULPS, TINY);
        Cells sums = Cells.floats(1, 5, 0);
        Device.launch("ts_log_sum_exp", Cells.of(x, 0), sums, 5, 6, 6);
        assertEquals(Double.NaN, sums.get(0, 0));
        assertEquals(Double.NEGATIVE_INFINITY, sums.get(0, 1));
        assertEquals(logSumExp(x, 2), sums.get(0, 2), 1e-6);
        assertEquals(Double.POSITIVE_INFINITY, sums.get(0, 3));
        assertEquals(logSumExp(x, 4), sums.get(0, 4), 1e-6);
    }

    private static double logSumExp(Tensor x, int row) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < x.columns(); j++) {
            most = Math.max(most, x.get(row, j));
        }
        double sum = 0;
        for (int j = 0; j < x.columns(); j++) {
            sum += Math.exp(x.get(row, j) - most);
        }
        return most + Math.log(sum);
    }

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#fewRows")
    void logSumExpAndSquares(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        Cells in = Cells.of(x, GAP);
        Cells sums = Cells.floats(1, n, 0);
        Cells squares = Cells.floats(1, n, 0);
        Device.launch("ts_log_sum_exp", in, sums, n, d, in.stride);
        Device.launch("ts_row_squares", in, squares, n, d, in.stride);
        for (int i = 0; i < n; i++) {
            assertEquals(logSumExp(x, i), sums.get(0, i), 1e-6, "row " + i); // exponents up to 8, rounded to 2^-22
            double square = DOUBLES.sumOfSquares(doubles(x.block(i, 1, 0, d)));
            assertEquals(square, squares.get(0, i), ROUNDED * square, "row " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#fewRows")
    void normaliseRows(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        Tensor y = DOUBLES.zeros(n, d);
        Tensor inverse = DOUBLES.zeros(n, 1);
        DOUBLES.normaliseRows(doubles(x), 1e-5, y, inverse);
        Cells in = Cells.of(x, GAP);
        Cells factors = Cells.floats(n, 1, 0);
        Device.launch("ts_normalise_rows", in, in, factors, n, d, in.stride, in.stride, 1e-5f);
        assertNear(y, in, ROUNDED, 1e-12);
        assertNear(inverse, factors, ROUNDED, 0);
        Tensor dy = normal(n, d, "dy");
        Cells slope = Cells.of(dy, 1);
        Device.launch(
                "ts_normalise_rows_gradient", in, factors, slope, slope, n, d, in.stride, slope.stride, slope.stride);
        CPU.normaliseRowsGradient(in.tensor(CPU), factors.tensor(CPU), dy, dy);
        assertNear(
                dy, slope, 1e-6,
                1e-4); // an inverse up to 316, where d is small, times an ulp or two of numbers of size 1
    }
}
