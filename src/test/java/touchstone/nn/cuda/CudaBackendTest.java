package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Activation;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.Window;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Seeds;

/**
 * Every method on the stub driver against the processor's float backend, on odd shapes and on blocks of wider matrices. Bounds are
 * for float32, whose numbers here are of order 1 to 10: sums are of up to 300 terms, and the processor sums some in float.
 */
class CudaBackendTest {
    private static final double CLOSE = 2e-5;
    private static final CudaBackend CARD = Stub.backend();
    private static final Backend CPU = Cpu.floats(1);

    @AfterAll
    static void nothingIsWrittenPastAnEnd() {
        assertEquals(0, Stub.calls().stub_torn());
        CARD.close();
    }

    /** Runs the same on both; gives [card, processor]. */
    private interface Work {
        Tensor[] on(Backend backend);
    }

    private static void assertAlike(double tolerance, Work work) {
        Tensor[] found = work.on(CARD);
        Tensor[] expected = work.on(CPU);
        for (int t = 0; t < expected.length; t++) {
            for (int i = 0; i < expected[t].rows(); i++) {
                for (int j = 0; j < expected[t].columns(); j++) {
                    double want = expected[t].get(i, j);
                    double bound = tolerance * (1 + Math.abs(want));
                    assertEquals(want, found[t].get(i, j), bound, "result " + t + ", element " + i + ", " + j);
                }
            }
        }
    }

    private static Tensor[] all(Tensor... tensors) {
        return tensors;
    }

    /** Normal numbers in a block of a matrix with more columns on both sides. */
    private static Tensor normal(Backend backend, int rows, int columns, String name) {
        RandomGenerator rng = Seeds.rng(21, name, rows);
        Tensor x = backend.zeros(rows + 1, columns + 5).block(1, rows, 2, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.set(i, j, rng.nextGaussian());
            }
        }
        return x;
    }

    /** The same without gaps. */
    private static Tensor plain(Backend backend, int rows, int columns, String name) {
        Tensor out = backend.zeros(rows, columns);
        Tensor x = normal(backend, rows, columns, name);
        double[][] numbers = x.toMatrix();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out.set(i, j, numbers[i][j]);
            }
        }
        return out;
    }

    static Stream<int[]> shapes() {
        return Stream.of(new int[][] {{1, 1}, {1, 7}, {7, 1}, {13, 31}, {131, 67}, {3, 1031}});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void products(int[] s) {
        int inner = 29;
        assertAlike(CLOSE, b -> {
            Tensor plain = normal(b, s[0], s[1], "out");
            Tensor turned = normal(b, s[0], s[1], "out");
            Tensor added = normal(b, s[0], s[1], "out");
            b.ab(normal(b, s[0], inner, "a"), normal(b, inner, s[1], "b"), plain);
            b.abt(normal(b, s[0], inner, "a"), normal(b, s[1], inner, "b"), turned);
            b.addAtb(normal(b, inner, s[0], "a"), normal(b, inner, s[1], "b"), added);
            return all(plain, turned, added);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void elements(int[] s) {
        assertAlike(CLOSE, b -> {
            Tensor x = normal(b, s[0], s[1], "x");
            Tensor y = normal(b, s[0], s[1], "y");
            Tensor row = normal(b, 1, s[1], "row");
            Tensor product = b.zeros(s[0], s[1]);
            Tensor scaled = normal(b, s[0], s[1], "z");
            Tensor filled = normal(b, s[0], s[1], "z");
            b.times(x, y, product);
            b.add(0.3, x, y);
            b.scale(-1.7, scaled);
            b.fill(filled, 0.25);
            b.timesRow(y, row, y);
            b.addRow(row, x);
            return all(x, y, product, scaled, filled);
        });
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activations(Activation f) {
        assertAlike(CLOSE, b -> {
            Tensor x = normal(b, 13, 31, "x");
            Tensor y = normal(b, 13, 31, "y");
            Tensor dx = normal(b, 13, 31, "dx");
            b.activate(f, x, y);
            b.activateGradient(f, x, dx, dx);
            return all(y, dx);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void rows(int[] s) {
        assertAlike(CLOSE, b -> {
            Tensor y = normal(b, s[0], s[1], "y");
            Tensor dx = normal(b, s[0], s[1], "dx");
            Tensor normal = normal(b, s[0], s[1], "n");
            Tensor dn = normal(b, s[0], s[1], "dn");
            Tensor inverse = b.zeros(s[0], 1);
            b.softmax(y, y);
            b.softmaxGradient(y, dx, dx);
            b.normaliseRows(normal, 1e-2, normal, inverse);
            b.normaliseRowsGradient(normal, inverse, dn, dn);
            return all(y, dx, normal, inverse, dn);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void columns(int[] s) {
        assertAlike(CLOSE, b -> {
            Tensor x = normal(b, s[0], s[1], "x");
            Tensor dx = normal(b, s[0], s[1], "dx");
            Tensor sums = normal(b, 1, s[1], "sums");
            Tensor dots = normal(b, 1, s[1], "dots");
            Tensor mean = b.zeros(1, s[1]);
            Tensor variance = b.zeros(1, s[1]);
            Tensor inverse = b.zeros(1, s[1]);
            Tensor y = b.zeros(s[0], s[1]);
            b.addColumnSums(x, sums);
            b.addColumnDots(x, dx, dots);
            b.columnMoments(x, mean, variance);
            b.inverseRoot(variance, 1e-1, inverse);
            b.standardise(x, mean, inverse, y);
            b.standardiseGradient(y, inverse, dx, dx);
            return all(sums, dots, mean, variance, inverse, y, dx);
        });
        assertEquals(
                CPU.sumOfSquares(normal(CPU, s[0], s[1], "x")),
                CARD.sumOfSquares(normal(CARD, s[0], s[1], "x")),
                1e-9 * s[0] * s[1]); // both in double
    }

    @Test
    void rowsByNumber() {
        assertAlike(CLOSE, b -> {
            Tensor table = normal(b, 11, 7, "table");
            Tensor ids = b.zeros(3, 5);
            ids.copyFrom(new double[] {0, 10, 3, 3, 7, 1, 1, 1, 2, 5, 9, 8, 0, 0, 6}, 0);
            Tensor picked = b.zeros(15, 7);
            Tensor selected = b.zeros(4, 7);
            b.lookUp(table, ids, picked);
            b.selectRows(table, new int[] {10, 0, 4, 4}, selected);
            b.addLookUpGradient(ids, normal(b, 15, 7, "dy"), table);
            return all(picked, selected, table);
        });
    }

    @Test
    void wrongNumbersOfRowsAreNamed() {
        Tensor ids = CARD.zeros(2, 2);
        ids.set(1, 0, 11);
        var wrong = assertThrows(
                IllegalArgumentException.class, () -> CARD.lookUp(CARD.zeros(11, 3), ids, CARD.zeros(4, 3)));
        assertEquals("ids[1, 0] must lie in [0, 11), was 11", wrong.getMessage());
        var row = assertThrows(
                IllegalArgumentException.class,
                () -> CARD.selectRows(CARD.zeros(2, 3), new int[] {0, -1}, CARD.zeros(2, 3)));
        assertEquals("rows[1] must lie in [0, 2), was -1", row.getMessage());
        var foreign = assertThrows(IllegalArgumentException.class, () -> CARD.fill(CPU.zeros(2, 3), 1));
        assertEquals("tensor must belong to the CUDA backend, was a FloatTensor of shape [2, 3]", foreign.getMessage());
    }

    static Stream<Window> windows() {
        return Stream.of(
                new Window(5, 7, 3, 3, 2, 1),
                new Window(8, 8, 1, 3, 1, 1),
                new Window(6, 4, 5, 2, 2, 0),
                new Window(9, 9, 2, 4, 3, 2));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void images(Window w) {
        int places = w.down() * w.across();
        int outputs = places * w.channels();
        assertAlike(CLOSE, b -> {
            Tensor x = normal(b, 3, w.inputs(), "x");
            Tensor patches = normal(b, 3 * places, w.patch(), "p");
            Tensor folded = normal(b, 3, w.inputs(), "f");
            Tensor most = normal(b, 3, outputs, "m");
            Tensor found = normal(b, 3, outputs, "found");
            Tensor mean = normal(b, 3, outputs, "a");
            Tensor byMost = normal(b, 3, w.inputs(), "dm");
            Tensor byMean = normal(b, 3, w.inputs(), "da");
            b.unfold(w, x, patches);
            b.fold(w, patches, folded);
            b.maxPool(w, x, most, found);
            b.maxPoolGradient(found, mean, byMost);
            b.averagePoolGradient(w, mean, byMean);
            b.averagePool(w, x, mean);
            return all(patches, folded, most, found, byMost, byMean, mean);
        });
    }

    static Stream<Backend.Heads> heads() {
        return Stream.of(new Backend.Heads(1, 1, true), new Backend.Heads(3, 5, true), new Backend.Heads(2, 13, false));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void attention(Backend.Heads h) {
        int d = 7 * h.count();
        int rows = 3 * h.steps();
        assertAlike(CLOSE, b -> {
            Tensor x = plain(b, rows, 3 * d, "x");
            Tensor weights = plain(b, rows * h.count(), h.steps(), "w");
            Tensor out = plain(b, rows, d, "out");
            Tensor dx = plain(b, rows, 3 * d, "dx");
            b.attention(h, x, weights, out);
            b.attentionGradient(h, x, weights, plain(b, rows, d, "dout"), dx);
            return all(out, weights, dx);
        });
    }

    @Test
    void optimisers() {
        assertAlike(CLOSE, b -> {
            var p = new Parameter("w", plain(b, 17, 23, "w"), plain(b, 17, 23, "g"), Parameter.Kind.WEIGHT);
            Tensor velocity = plain(b, 17, 23, "v");
            Tensor first = plain(b, 17, 23, "m");
            Tensor second = b.zeros(17, 23);
            b.sgd(p, velocity, 0.1, 0.9);
            b.adam(p, first, second, new Backend.AdamStep(1e-2, 0.9, 0.99, 1.5, 1e-8));
            return all(p.value(), velocity, first, second);
        });
    }

    @Test
    void nothingToDoIsDone() {
        Tensor none = CARD.zeros(0, 5);
        CARD.softmax(none, none);
        CARD.addColumnSums(none, CARD.zeros(1, 5));
        Tensor out = CARD.zeros(3, 2);
        CARD.fill(out, 4);
        CARD.ab(CARD.zeros(3, 0), CARD.zeros(0, 2), out);
        assertEquals(0, CARD.sumOfSquares(out));
        assertEquals(0, CARD.sumOfSquares(none));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void crossEntropyOfLogits(int[] s) {
        var labels = new int[s[0]];
        var shares = new double[s[0]];
        for (int i = 0; i < s[0]; i++) {
            labels[i] = i % 4 == 3 ? -1 : i % s[1];
            shares[i] = i % 4 == 3 ? 0 : i % 2 - 0.4;
        }
        assertAlike(CLOSE, b -> {
            Tensor slope = normal(b, s[0], s[1], "slope");
            Tensor loss = b.zeros(1, 1);
            loss.set(0, 0, normal(b, s[0], s[1], "z").addCrossEntropy(labels, shares, slope));
            return all(slope, loss);
        });
    }

    @Test
    void sidesAgreeWhoeverWritesLast() {
        Tensor x = CARD.zeros(3, 4);
        CARD.fill(x, 2);
        x.set(1, 2, 5);
        CARD.scale(3, x);
        x.set(0, 0, x.get(0, 0) + 1);
        CARD.add(1, x, x);
        var out = new double[12];
        x.copyTo(out, 0);
        assertArrayEquals(new double[] {14, 12, 12, 12, 12, 12, 30, 12, 12, 12, 12, 12}, out);
    }
}
