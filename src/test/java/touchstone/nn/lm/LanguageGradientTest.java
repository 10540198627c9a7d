package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;

/** Gradients of the whole model against central differences in double. */
class LanguageGradientTest {
    /** Step of the differences: its square, times third derivatives of order 1, is the error; rounding adds 1e-16 / 1e-5. */
    private static final double STEP = 1e-5;

    /** Relative to 1 + |gradient|: a hundred times the error of the differences above. */
    private static final double TOLERANCE = 1e-8;

    private static final Backend DOUBLES = Cpu.doubles(1);

    private static void check(LanguageModel model, int trained) {
        assertEquals(trained, model.trainedSize());
        Batch batch = Batch.of(Tiny.samples());
        LanguageLoss loss = LanguageLoss.crossEntropy();
        model.clearGradients();
        model.accumulate(batch, loss);
        var wrong = new ArrayList<String>();
        for (Parameter p : model.trained()) {
            for (int i = 0; i < p.value().size(); i++) {
                int row = i / p.value().columns();
                int column = i % p.value().columns();
                double expected = slope(p.value(), row, column, () -> model.loss(batch, loss));
                double found = p.gradient().get(row, column);
                if (!(Math.abs(found - expected) <= TOLERANCE * (1 + Math.abs(expected)))) {
                    wrong.add(p.name() + "[" + row + ", " + column + "]: " + found + " for " + expected);
                }
            }
        }
        assertTrue(
                wrong.isEmpty(),
                wrong.size() + " wrong, first " + wrong.stream().limit(5).toList());
    }

    private static double slope(Tensor x, int row, int column, java.util.function.DoubleSupplier loss) {
        double at = x.get(row, column);
        x.set(row, column, at + STEP);
        double up = loss.getAsDouble();
        x.set(row, column, at - STEP);
        double down = loss.getAsDouble();
        x.set(row, column, at);
        return (up - down) / (2 * STEP);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wholeModel(boolean tied) {
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG.withTied(tied));
        check(model, model.size());
    }

    /** Rank 2 on [8, 24] and [8, 32] in each of two blocks: 2 * (2 * (8 + 24) + 2 * (8 + 32)). */
    @Test
    void adapters() {
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG)
                .withLora(Lora.ofRank(2)
                        .withMatrices(Lora.Matrix.PROJECT, Lora.Matrix.UP)
                        .withAlpha(3));
        check(Tiny.move(model, 9), 288);
    }

    @Test
    void softPrompt() {
        check(Tiny.moved(DOUBLES, Tiny.CONFIG).withSoftPrompt(3, 1), 24);
    }

    @Test
    void throughHooks() {
        Hooks hooks = Hooks.none()
                .scaleHead(0, 1, 0.3)
                .ablate(1, 0)
                .steer(1, Tiny.vector(8, 1))
                .edit(0, Edit.affine(Tiny.vector(8, 2), Tiny.vector(8, 3)))
                .edit(2, Edit.without(Tiny.vector(8, 4)))
                .replaceHead(1, 1, Tiny.vector(4, 5));
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG).withHooks(hooks);
        check(model, model.size());
    }

    /** A loss of the stream after one block: half its squares. */
    @Test
    void fromTheResidualStream() {
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG);
        Batch batch = Batch.of(List.of(Sample.of(1, 2, 3, 4)));
        model.clearGradients();
        Tensor h = model.residual(batch, 1);
        Tensor dh = DOUBLES.zeros(h.rows(), h.columns());
        DOUBLES.add(1, h, dh);
        model.backwardResidual(dh, 1);
        Parameter table = model.parameters().get(0);
        for (int j = 0; j < 8; j++) {
            double expected = slope(table.value(), 2, j, () -> DOUBLES.sumOfSquares(model.residual(batch, 1)) / 2);
            assertEquals(expected, table.gradient().get(2, j), TOLERANCE * (1 + Math.abs(expected)));
        }
    }
}
