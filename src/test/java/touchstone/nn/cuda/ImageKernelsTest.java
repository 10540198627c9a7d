package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertBits;
import static touchstone.nn.cuda.Numbers.normal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Tensor;
import touchstone.nn.Window;

/** Windows over images give the bits of the processor, overlaps, gaps and padding included. */
class ImageKernelsTest {
    static Stream<Window> windows() {
        return Stream.of(
                new Window(1, 1, 1, 1, 1, 0),
                new Window(7, 5, 3, 3, 1, 1),
                new Window(11, 13, 2, 5, 3, 2),
                new Window(8, 8, 4, 2, 2, 0),
                new Window(9, 7, 1, 2, 3, 0),
                new Window(5, 5, 5, 4, 2, 3));
    }

    private static void launch(String kernel, Window w, int images, Cells... cells) {
        List<Object> arguments = new ArrayList<>(List.of(cells));
        arguments.addAll(List.of(images, w.height(), w.width(), w.channels(), w.kernel(), w.stride(), w.padding()));
        for (Cells c : cells) {
            arguments.add(c.stride);
        }
        Device.launch(kernel, arguments.toArray());
    }

    private static int outputs(Window w) {
        return w.down() * w.across() * w.channels();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void unfoldsAndFolds(Window w) {
        for (int n : new int[] {0, 1, 17}) {
            Tensor x = normal(n, w.inputs(), "x");
            Tensor out = CPU.zeros(n * w.down() * w.across(), w.patch());
            CPU.unfold(w, x, out);
            Cells patches = Cells.floats(out.rows(), w.patch(), 1);
            launch("ts_unfold", w, n, Cells.of(x, GAP), patches);
            assertBits(out, patches);
            Tensor slopes = normal(out.rows(), w.patch(), "slopes");
            CPU.fold(w, slopes, x);
            Cells dx = Cells.floats(n, w.inputs(), 2);
            launch("ts_fold", w, n, Cells.of(slopes, 1), dx);
            assertBits(x, dx);
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void averages(Window w) {
        int n = 13;
        Tensor x = normal(n, w.inputs(), "x");
        Tensor y = CPU.zeros(n, outputs(w));
        CPU.averagePool(w, x, y);
        Cells out = Cells.floats(n, outputs(w), 1);
        launch("ts_average_pool", w, n, Cells.of(x, GAP), out);
        assertBits(y, out);
        Tensor dy = normal(n, outputs(w), "dy");
        CPU.averagePoolGradient(w, dy, x);
        Cells dx = Cells.floats(n, w.inputs(), 2);
        launch("ts_average_pool_gradient", w, n, Cells.of(dy, 0), dx);
        assertBits(x, dx);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void findsTheLargest(Window w) {
        int n = 13;
        Tensor x = normal(n, w.inputs(), "x");
        for (int j = 0; j < w.inputs(); j++) {
            x.set(1, j, Math.rint(x.get(1, j))); // many ties
        }
        x.set(2, w.inputs() / 2, Double.NaN);
        Tensor y = CPU.zeros(n, outputs(w));
        Tensor places = CPU.zeros(n, outputs(w));
        CPU.maxPool(w, x, y, places);
        Cells out = Cells.floats(n, outputs(w), 1);
        Cells found = Cells.floats(n, outputs(w), 2);
        launch("ts_max_pool", w, n, Cells.of(x, GAP), out, found);
        assertBits(y, out);
        assertBits(places, found);
        Tensor dy = normal(n, outputs(w), "dy");
        Tensor expected = CPU.zeros(n, w.inputs());
        CPU.maxPoolGradient(places, dy, expected);
        Cells slope = Cells.of(dy, 3);
        Cells dx = Cells.of(CPU.zeros(n, w.inputs()), 1);
        Device.launch("ts_max_pool_gradient", found, slope, dx, n, outputs(w), found.stride, slope.stride, dx.stride);
        assertBits(expected, dx);
    }

    @Test
    void aWindowOfMinusInfinitiesNamesItsFirstPixel() {
        Window w = new Window(4, 4, 1, 2, 2, 0);
        Tensor x = CPU.zeros(1, 16);
        CPU.fill(x, Double.NEGATIVE_INFINITY);
        Cells y = Cells.floats(1, 4, 0);
        Cells found = Cells.floats(1, 4, 0);
        launch("ts_max_pool", w, 1, Cells.of(x, 0), y, found);
        assertEquals(Float.NEGATIVE_INFINITY, y.get(0, 3));
        assertEquals(10, found.get(0, 3));
    }
}
