package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertBits;
import static touchstone.nn.cuda.Numbers.ids;
import static touchstone.nn.cuda.Numbers.normal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.nn.Tensor;

/** Rows found by number are copied, and their gradients added up in the processor's order. */
class GatherKernelsTest {
    @Test
    void selectsRows() {
        Tensor x = normal(31, 13, "x");
        int[] rows = {30, 0, 7, 7, 12};
        Tensor expected = CPU.zeros(5, 13);
        CPU.selectRows(x, rows, expected);
        Cells from = Cells.of(x, GAP);
        Cells out = Cells.floats(5, 13, 1);
        Device.launch("ts_select_rows", from, Cells.ints(rows), out, 5, 13, 31, from.stride, out.stride);
        assertBits(expected, out);
        Device.launch("ts_select_rows", from, Cells.ints(3, -1, 31, 0, 9), out, 5, 13, 31, from.stride, out.stride);
        assertTrue(Float.isNaN(out.get(1, 0)) && Float.isNaN(out.get(2, 12)));
        assertEquals(x.get(9, 5), out.get(4, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "3, 5, 7, 11",
        "23, 41, 7, 33",
        "2, 300, 1, 5",
        "5, 103, 67, 257",
        "0, 5, 3, 4",
        "331, 211, 3, 2"
    })
    void looksUpAndAddsGradients(int n, int steps, int size, int d) {
        Tensor table = normal(size, d, "table");
        Tensor ids = ids(n, steps, size);
        Cells from = Cells.of(table, GAP);
        Cells numbers = Cells.of(ids, 1);
        Cells out = Cells.floats(n * steps, d, 2);
        Device.launch(
                "ts_look_up", from, numbers, out, n * steps, d, size, steps, from.stride, numbers.stride, out.stride);
        Tensor expected = CPU.zeros(n * steps, d);
        CPU.lookUp(table, ids, expected);
        assertBits(expected, out);
        Tensor dy = normal(n * steps, d, "dy");
        Cells slope = Cells.of(dy, 2);
        Device.launch(
                "ts_add_look_up_gradient",
                numbers,
                slope,
                from,
                n * steps,
                d,
                size,
                steps,
                numbers.stride,
                slope.stride,
                from.stride);
        CPU.addLookUpGradient(ids, dy, table);
        assertBits(table, from);
    }

    @Test
    void namesTheFirstBadId() {
        double[] bad = {7, -1, 0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e30, -0.5, 16_777_217};
        for (double value : bad) {
            Tensor ids = ids(9, 50, 7);
            ids.set(4, 3, value);
            ids.set(8, 0, -5);
            Cells numbers = Cells.of(ids, 1);
            Cells table = Cells.of(normal(7, 2, "table"), 0);
            Cells out = Cells.floats(450, 2, 0);
            Device.launch("ts_look_up", table, numbers, out, 450, 2, 7, 50, 2, numbers.stride, 2);
            assertTrue(Float.isNaN(out.get(203, 0)) && Float.isNaN(out.get(400, 1)), "id " + value);
            assertEquals(table.get((int) ids.get(4, 2), 1), out.get(202, 1));
        }
    }
}
