package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.DOUBLES;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertNear;
import static touchstone.nn.cuda.Numbers.doubles;
import static touchstone.nn.cuda.Numbers.normal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Tensor;

/** Sums down columns and over everything, in double whatever the number of parts. */
class ColumnKernelsTest {
    private static final double ROUNDED = 1.2e-7; // one ulp of a float: computed in double and rounded once
    private static final double SUMMED = 1e-10; // rounding of 65,537 doubles of size 1 is below
    private static final int[] PARTS = {1, 7, 40};

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#shapes")
    void sumsAndDots(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        Tensor y = normal(n, d, "y");
        Tensor start = normal(1, d, "start");
        Tensor sums = doubles(start);
        DOUBLES.addColumnSums(doubles(x), sums);
        Tensor dots = doubles(start);
        DOUBLES.addColumnDots(doubles(x), doubles(y), dots);
        Cells in = Cells.of(x, GAP);
        Cells by = Cells.of(y, 1);
        for (int count : PARTS) {
            Cells parts = Cells.doubles(count, d);
            Device.launch("ts_column_sums", in, parts, n, d, count, in.stride);
            Cells out = Cells.of(start, 0);
            Device.launch("ts_add_parts", parts, out, d, count);
            assertNear(sums, out, ROUNDED, SUMMED);
            Cells others = Cells.doubles(count, d);
            Device.launch("ts_column_dots", in, by, others, n, d, count, in.stride, by.stride);
            out = Cells.of(start, 0);
            Device.launch("ts_add_parts", others, out, d, count);
            assertNear(dots, out, ROUNDED, SUMMED);
        }
    }

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#shapes")
    void squares(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        double expected = CPU.sumOfSquares(x);
        Cells in = Cells.of(x, GAP);
        for (int count : PARTS) {
            Cells parts = Cells.doubles(1, count);
            Cells total = Cells.doubles(1, 1);
            Device.launch("ts_squares_parts", in, parts, n, d, count, in.stride);
            Device.launch("ts_total", parts, total, count);
            assertEquals(expected, total.getDouble(0, 0), 1e-12 * expected, count + " parts");
        }
    }

    /** The means over rows of x, or of x y, as a batch norm computes them. */
    private static Cells means(String kernel, int n, int d, Object... from) {
        int count = 5;
        Cells parts = Cells.doubles(count, d);
        var arguments = new java.util.ArrayList<Object>(java.util.List.of(from));
        arguments.addAll(java.util.List.of(parts, n, d, count));
        for (Object x : from) {
            arguments.add(((Cells) x).stride);
        }
        Device.launch(kernel, arguments.toArray());
        Cells mean = Cells.doubles(1, d);
        Device.launch("ts_mean_parts", parts, mean, d, count, n);
        return mean;
    }

    static java.util.stream.Stream<int[]> filled() {
        return Numbers.shapes().filter(s -> s[0] > 0);
    }

    @ParameterizedTest
    @MethodSource("filled")
    void moments(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        CPU.addRow(normal(1, d, "far"), x);
        Cells in = Cells.of(x, GAP);
        Cells mean = means("ts_column_sums", n, d, in);
        Cells parts = Cells.doubles(3, d);
        Device.launch("ts_column_squares", in, mean, parts, n, d, 3, in.stride);
        Cells means = Cells.floats(1, d, 0);
        Cells variances = Cells.floats(1, d, 0);
        Device.launch("ts_moments", mean, parts, means, variances, d, 3, n);
        Tensor expectedMean = DOUBLES.zeros(1, d);
        Tensor expectedVariance = DOUBLES.zeros(1, d);
        DOUBLES.columnMoments(doubles(x), expectedMean, expectedVariance);
        assertNear(expectedMean, means, ROUNDED, SUMMED);
        assertNear(expectedVariance, variances, ROUNDED, SUMMED);
        Cells centred = Cells.floats(n, d, 1);
        Device.launch("ts_centre", in, mean, centred, n, d, in.stride, centred.stride);
        Tensor expected = doubles(x);
        DOUBLES.scale(-1, expectedMean);
        DOUBLES.addRow(expectedMean, expected);
        assertNear(expected, centred, ROUNDED, SUMMED);
    }

    @ParameterizedTest
    @MethodSource("filled")
    void standardiseGradient(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor y = normal(n, d, "y");
        Tensor dy = normal(n, d, "dy");
        Tensor inverse = normal(1, d, "inverse");
        Cells out = Cells.of(y, GAP);
        Cells slope = Cells.of(dy, 1);
        Cells mean = means("ts_column_sums", n, d, slope);
        Cells along = means("ts_column_dots", n, d, out, slope);
        Device.launch(
                "ts_standardise_gradient",
                out,
                Cells.of(inverse, 0),
                slope,
                mean,
                along,
                slope,
                n,
                d,
                out.stride,
                slope.stride,
                slope.stride);
        Tensor expected = DOUBLES.zeros(n, d);
        DOUBLES.standardiseGradient(doubles(y), doubles(inverse), doubles(dy), expected);
        assertNear(expected, slope, ROUNDED, SUMMED);
    }
}
