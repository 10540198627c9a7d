package touchstone.nn.cuda;

import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertBits;
import static touchstone.nn.cuda.Numbers.assertNear;
import static touchstone.nn.cuda.Numbers.normal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/** The kernels around the products of attention, put together with products of the processor as the driver does with cuBLAS'. */
class AttentionKernelsTest {
    private static final double CLOSE = 1e-5; // sums of up to 67 products of size 1, rounded to float in another order

    private int examples;
    private int steps;
    private int heads;
    private int width;

    private Tensor apart(Tensor x, int thirds) {
        Cells in = Cells.of(x, GAP);
        Cells out = Cells.floats(thirds * examples * heads * steps, width, 0);
        Device.launch("ts_heads_apart", in, out, examples, steps, heads, width, thirds, in.stride);
        Cells back = Cells.floats(examples * steps, thirds * heads * width, 2);
        Device.launch("ts_heads_together", out, back, examples, steps, heads, width, thirds, back.stride);
        assertBits(x, back);
        return out.tensor(CPU);
    }

    private Cells together(Tensor x, int thirds) {
        Cells out = Cells.floats(examples * steps, thirds * heads * width, GAP);
        Device.launch("ts_heads_together", Cells.of(x, 0), out, examples, steps, heads, width, thirds, out.stride);
        return out;
    }

    private int items() {
        return examples * heads;
    }

    /** Queries, keys or values of an item. */
    private Tensor part(Tensor x, int third, int item) {
        return x.block((third * items() + item) * steps, steps, 0, width);
    }

    private Tensor square(Tensor x, int item) {
        return x.block(item * steps, steps, 0, steps);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, true",
        "2, 7, 3, 5, true",
        "3, 13, 2, 4, false",
        "1, 67, 1, 9, true",
        "5, 2, 7, 3, false",
        "0, 3, 2, 2, true"
    })
    void attention(int examples, int steps, int heads, int width, boolean causal) {
        this.examples = examples;
        this.steps = steps;
        this.heads = heads;
        this.width = width;
        int d = heads * width;
        float scale = (float) (1 / Math.sqrt(width));
        Tensor x = normal(examples * steps, 3 * d, "x");
        Tensor dout = normal(examples * steps, d, "dout");
        Backend.Heads cut = new Backend.Heads(heads, steps, causal);
        Tensor weights = CPU.zeros(items() * steps, steps);
        Tensor expected = CPU.zeros(examples * steps, d);
        CPU.attention(cut, x, weights, expected);
        Tensor blocks = apart(x, 3);
        Tensor scores = CPU.zeros(items() * steps, steps);
        for (int i = 0; i < items(); i++) {
            CPU.abt(part(blocks, 1, i), part(blocks, 0, i), square(scores, i));
        }
        Cells softmax = Cells.of(scores, 0);
        Device.launch("ts_attention_softmax", softmax, items(), steps, causal ? 1 : 0, scale);
        assertNear(weights, softmax, CLOSE, 1e-37);
        Tensor p = softmax.tensor(CPU);
        Tensor out = CPU.zeros(items() * steps, width);
        for (int i = 0; i < items(); i++) {
            CPU.addAtb(square(p, i), part(blocks, 2, i), part(out, 0, i));
        }
        assertNear(expected, together(out, 1), 0, CLOSE);
        Tensor dx = CPU.zeros(examples * steps, 3 * d);
        CPU.attentionGradient(cut, x, weights, dout, dx);
        assertNear(dx, together(gradient(blocks, p, apart(dout, 1), scale), 3), 0, CLOSE);
    }

    private Tensor gradient(Tensor blocks, Tensor p, Tensor dout, float scale) {
        Tensor ds = CPU.zeros(items() * steps, steps);
        for (int i = 0; i < items(); i++) {
            CPU.abt(part(blocks, 2, i), part(dout, 0, i), square(ds, i));
        }
        Cells slopes = Cells.of(ds, 0);
        Device.launch("ts_attention_softmax_gradient", Cells.of(p, 0), slopes, items(), steps, scale);
        Tensor s = slopes.tensor(CPU);
        Tensor out = CPU.zeros(3 * items() * steps, width);
        for (int i = 0; i < items(); i++) {
            CPU.addAtb(square(s, i), part(blocks, 1, i), part(out, 0, i));
            CPU.ab(square(s, i), part(blocks, 0, i), part(out, 1, i));
            CPU.ab(square(p, i), part(dout, 0, i), part(out, 2, i));
        }
        return out;
    }
}
