package touchstone.nn.cuda;

import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertBits;
import static touchstone.nn.cuda.Numbers.assertNear;
import static touchstone.nn.cuda.Numbers.normal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Activation;
import touchstone.nn.Tensor;

/** Elementwise kernels give the bits of the processor's loops: each operation is rounded, none fused. */
class ElementwiseKernelsTest {
    private static final float[] SPECIAL = {
        0,
        -0.0f,
        1,
        -1,
        8,
        -8,
        8.0001f,
        -100,
        100,
        3e38f,
        -3e38f,
        1e-40f,
        Float.MIN_VALUE,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
    };

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#shapes")
    void sumsAndProductsAreThoseOfTheProcessor(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        Tensor y = normal(n, d, "y");
        Cells left = Cells.of(x, GAP);
        Cells sum = Cells.of(y, 0);
        Cells product = Cells.floats(n, d, 1);
        Device.launch("ts_times", left, sum, product, n, d, left.stride, sum.stride, product.stride);
        Tensor times = CPU.zeros(n, d);
        CPU.times(x, y, times);
        assertBits(times, product);
        Device.launch("ts_times", product, sum, product, n, d, product.stride, sum.stride, product.stride);
        CPU.times(times, y, times);
        assertBits(times, product);
        Device.launch("ts_add", left, sum, n, d, left.stride, sum.stride, 0.3f);
        CPU.add(0.3, x, y);
        assertBits(y, sum);
        Device.launch("ts_scale", left, n, d, left.stride, -1.7f);
        CPU.scale(-1.7, x);
        assertBits(x, left);
        Device.launch("ts_fill", left, n, d, left.stride, 2.5f);
        CPU.fill(x, 2.5);
        assertBits(x, left);
    }

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#shapes")
    void rowsGoToEveryRow(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        Tensor row = normal(1, d, "row");
        Cells by = Cells.of(row, 0);
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.floats(n, d, 0);
        Device.launch("ts_times_row", in, by, out, n, d, in.stride, out.stride);
        Tensor expected = CPU.zeros(n, d);
        CPU.timesRow(x, row, expected);
        assertBits(expected, out);
        Device.launch("ts_add_row", by, in, n, d, in.stride);
        CPU.addRow(row, x);
        assertBits(x, in);
    }

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#shapes")
    void standardisesColumns(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor x = normal(n, d, "x");
        Tensor mean = normal(1, d, "mean");
        Tensor variance = normal(1, d, "variance");
        CPU.times(variance, variance, variance);
        Tensor inverse = CPU.zeros(1, d);
        CPU.inverseRoot(variance, 1e-5, inverse);
        Cells root = Cells.floats(1, d, 0);
        Device.launch("ts_inverse_root", Cells.of(variance, 0), root, 1, d, d, d, 1e-5f);
        assertNear(inverse, root, 2.4e-7, 0); // 2 ulp: epsilon is a float here
        Tensor y = CPU.zeros(n, d);
        CPU.standardise(x, mean, inverse, y);
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.floats(n, d, 1);
        Device.launch("ts_standardise", in, Cells.of(mean, 0), Cells.of(inverse, 0), out, n, d, in.stride, out.stride);
        assertBits(y, out);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsAreThoseOfTheProcessor(Activation f) {
        Tensor x = normal(37, 61, "x");
        CPU.scale(4, x);
        for (int j = 0; j < SPECIAL.length; j++) {
            x.set(0, j, SPECIAL[j]);
        }
        Tensor dy = normal(37, 61, "dy");
        Tensor y = CPU.zeros(37, 61);
        CPU.activate(f, x, y);
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.floats(37, 61, 0);
        String kernel = "ts_" + f.name().toLowerCase(java.util.Locale.ROOT);
        Device.launch(kernel, in, out, 37, 61, in.stride, out.stride);
        assertBits(y, out);
        CPU.activateGradient(f, x, dy, y);
        Cells slope = Cells.of(dy, 1);
        Device.launch(kernel + "_gradient", in, slope, slope, 37, 61, in.stride, slope.stride, slope.stride);
        assertBits(y, slope);
    }
}
