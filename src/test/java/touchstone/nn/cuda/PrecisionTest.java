package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.CudaOptions.Precision;
import touchstone.util.Seeds;

/** Products in each precision err by what {@link Precision} says, and by no less where that shows that they were rounded. */
class PrecisionTest {
    private static final double SUMS = 1e-5; // float32: some 40 products and one rounding of the result

    @AfterEach
    void noFaults() {
        Stub.calls().stub_reset();
    }

    /** Relative error of a product of two factors, each off by the precision's bound. */
    private static double bound(Precision p) {
        double each =
                switch (p) {
                    case EXACT -> 0;
                    case TF32 -> 0x1p-10;
                    case BF16 -> 0x1p-8;
                };
        return 2 * each + each * each;
    }

    private static CudaBackend card(Precision p) {
        return Stub.backend(CudaOptions.of(Map.of("TOUCHSTONE_CUDA_MATH", p.name())));
    }

    /** Random numbers in a block of a matrix with more columns on both sides. */
    private static Tensor random(Backend backend, int rows, int columns, String name) {
        RandomGenerator rng = Seeds.rng(41, name, rows);
        Tensor x = backend.zeros(rows + 2, columns + 5).block(1, rows, 2, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.set(i, j, rng.nextGaussian());
            }
        }
        return x;
    }

    /** Demands {@code A B} within the bound times {@code |A| |B|}; gives the largest share of the bound that was used up. */
    private static double check(Precision p, double[][] a, double[][] b, Tensor out) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                double sum = 0;
                double size = 0;
                for (int k = 0; k < b.length; k++) {
                    sum += a[i][k] * b[k][j];
                    size += Math.abs(a[i][k] * b[k][j]);
                }
                double off = Math.abs(out.get(i, j) - sum) / size;
                assertTrue(off <= bound(p) + SUMS, p + ": off by " + off);
                most = Math.max(most, off / bound(Precision.BF16));
            }
        }
        return most;
    }

    private static double[][] turned(double[][] x) {
        var out = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[j][i] = x[i][j];
            }
        }
        return out;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void productsErrByTheStatedBound(Precision p) {
        CudaBackend card = card(p);
        Tensor a = random(card, 9, 41, "a");
        Tensor b = random(card, 41, 7, "b");
        Tensor c = random(card, 7, 41, "c");
        Tensor e = random(card, 41, 9, "e");
        Tensor plain = card.zeros(9, 7);
        Tensor byTurned = random(card, 9, 7, "out");
        Tensor added = card.zeros(9, 7);
        card.ab(a, b, plain);
        card.abt(a, c, byTurned);
        card.addAtb(e, b, added);
        double used = check(p, a.toMatrix(), b.toMatrix(), plain);
        check(p, a.toMatrix(), turned(c.toMatrix()), byTurned);
        check(p, turned(e.toMatrix()), b.toMatrix(), added);
        double before = added.get(3, 4);
        card.addAtb(e, b, added);
        assertEquals(2 * before, added.get(3, 4), 1e-5);
        assertTrue(
                p == Precision.BF16 ? used > 0.02 : p == Precision.TF32 ? used > 0.005 : used < 1e-3,
                p + " used " + used);
        card.close();
    }

    /** A product in a precision of its own leaves the backend's as it was. */
    @Test
    void aPrecisionHoldsForOneProduct() {
        CudaBackend card = card(Precision.EXACT);
        CudaMatrices matrices = CudaMatrices.on(card);
        Tensor a = random(card, 9, 41, "a");
        Tensor b = random(card, 41, 7, "b");
        Tensor out = card.zeros(9, 7);
        for (Precision p : Precision.values()) {
            matrices.ab(p, a, b, out);
            check(p, a.toMatrix(), b.toMatrix(), out);
            matrices.abt(p, a, random(card, 7, 41, "c"), out);
            card.ab(a, b, out);
            check(Precision.EXACT, a.toMatrix(), b.toMatrix(), out);
        }
        card.close();
    }

    /** Against the processor's float32, where weights lie in [0, 1] and numbers are of order 1. */
    @ParameterizedTest
    @CsvSource({"EXACT, 2e-5", "TF32, 0.01", "BF16, 0.05"})
    void attentionErrsLittle(Precision p, double tolerance) {
        CudaBackend card = card(p);
        var heads = new Backend.Heads(2, 5, true);
        Tensor[] found = attention(card, heads);
        Tensor[] expected = attention(Numbers.CPU, heads);
        for (int t = 0; t < found.length; t++) {
            for (int i = 0; i < expected[t].rows(); i++) {
                for (int j = 0; j < expected[t].columns(); j++) {
                    double want = expected[t].get(i, j);
                    assertEquals(want, found[t].get(i, j), tolerance * (1 + Math.abs(want)), t + ": " + i + ", " + j);
                }
            }
        }
        card.close();
    }

    private static Tensor[] attention(Backend b, Backend.Heads heads) {
        Tensor x = random(b, 15, 42, "x");
        Tensor weights = b.zeros(30, 5);
        Tensor out = b.zeros(15, 14);
        Tensor dx = b.zeros(15, 42);
        b.attention(heads, x, weights, out);
        b.attentionGradient(heads, x, weights, random(b, 15, 14, "dout"), dx);
        return new Tensor[] {weights, out, dx};
    }

    /** CUBLAS_DEFAULT_MATH is 0, CUBLAS_TF32_TENSOR_OP_MATH is 3. */
    @Test
    void tf32IsAskedForOnlyWhereTheOptionsDo() {
        for (Precision p : Precision.values()) {
            CudaBackend card = card(p);
            card.ab(card.zeros(2, 3), card.zeros(3, 2), card.zeros(2, 2));
            assertEquals(p == Precision.TF32 ? 3 : 0, Stub.calls().stub_math());
            card.close();
        }
    }

    @Test
    void bf16OnTuringIsRefused() {
        Stub.calls().stub_set("capability", 75);
        String refusal =
                "the card Stub card 0 has compute capability 7.5, products in bf16 need 8.0 (Ampere, 2020) or newer: use"
                        + " TOUCHSTONE_CUDA_MATH=exact or tf32";
        long handles = Stub.calls().stub_count("handles");
        assertEquals(
                refusal,
                assertThrows(CudaException.class, () -> card(Precision.BF16)).getMessage());
        assertEquals(handles, Stub.calls().stub_count("handles"));
        CudaBackend card = card(Precision.TF32);
        Tensor x = card.zeros(1, 1);
        var e = assertThrows(CudaException.class, () -> CudaMatrices.on(card).ab(Precision.BF16, x, x, x));
        assertEquals(refusal, e.getMessage());
        card.close();
    }
}
