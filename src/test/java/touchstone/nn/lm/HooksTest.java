package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.cpu.Cpu;

class HooksTest {
    private static final Backend DOUBLES = Cpu.doubles(1);
    private static final List<int[]> SEQUENCES = List.of(new int[] {1, 2, 3, 4, 5}, new int[] {6, 0, 2});

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }

    private static LanguageModel model() {
        return Tiny.moved(DOUBLES, Tiny.CONFIG);
    }

    /** Weights from queries and keys, times the values, must be the heads' outputs that the backend mixed. */
    @Test
    void attentionTimesValuesIsTheHeadsOutput() {
        for (LanguageModel model : List.of(model(), model().withSoftPrompt(2, 1))) {
            var seen = Activations.of(model, SEQUENCES);
            int p = model.softPrompt().length;
            var projected = model.decoder().blocks.get(1).attention.projected().toMatrix();
            for (int q = 0; q < 3; q++) {
                double[] weights = seen.attention(1, 1, 1)[q];
                var expected = new double[4];
                for (int k = 0; k < weights.length; k++) {
                    for (int j = 0; j < 4; j++) {
                        expected[j] += weights[k] * projected[p + 5 + k][16 + 4 + j];
                    }
                }
                assertArrayEquals(expected, seen.head(1, 1, 1, q), 1e-12);
                assertEquals(1, Arrays.stream(weights).sum(), 1e-12);
                assertEquals(0, Arrays.stream(weights).skip(p + q + 1).sum());
            }
        }
    }

    @Test
    void steeringAddsTheVectorWhereItIsAsked() {
        double[] v = Tiny.vector(8, 1);
        var plain = Activations.of(model(), SEQUENCES);
        var steered = Activations.of(model().withHooks(Hooks.none().edit(1, Edit.steer(v, 1))), SEQUENCES);
        assertArrayEquals(plain.residual(1, 0, 0), steered.residual(1, 0, 0), 0);
        for (int t = 1; t < 5; t++) {
            double[] expected = plain.residual(1, 0, t);
            for (int j = 0; j < 8; j++) {
                expected[j] += v[j];
            }
            assertArrayEquals(expected, steered.residual(1, 0, t), 1e-15);
        }
        assertArrayEquals(plain.residual(0, 1, 2), steered.residual(0, 1, 2), 0);
    }

    @Test
    void aDirectionTakenOutIsGone() {
        double[] r = Tiny.vector(8, 2);
        var without = Activations.of(model().withHooks(Hooks.none().edit(2, Edit.without(r))), SEQUENCES);
        for (double[] row : without.last(2)) {
            double along = 0;
            for (int j = 0; j < 8; j++) {
                along += row[j] * r[j];
            }
            assertEquals(0, along, 1e-12);
        }
    }

    @Test
    void ablatedHeadsGiveZeroAndReplacedOnesTheVector() {
        Hooks hooks = Hooks.none().ablate(0, 0).replaceHead(0, 1, 1, 2, 3, 4).scaleHead(1, 0, 2);
        var plain = Activations.of(model(), SEQUENCES);
        var seen = Activations.of(model().withHooks(hooks), SEQUENCES);
        assertArrayEquals(new double[4], seen.head(0, 0, 1, 1));
        assertArrayEquals(new double[] {1, 2, 3, 4}, seen.head(0, 1, 0, 3));
        var twice = Activations.of(model().withHooks(Hooks.none().scaleHead(0, 0, 2)), SEQUENCES);
        double[] expected =
                Arrays.stream(plain.head(0, 0, 0, 2)).map(v -> 2 * v).toArray();
        assertArrayEquals(expected, twice.head(0, 0, 0, 2), 1e-15);
    }

    @Test
    void meansAreMeans() {
        var seen = Activations.of(model(), SEQUENCES);
        double[] a = seen.residual(2, 0, 4);
        double[] b = seen.residual(2, 1, 2);
        for (int j = 0; j < 8; j++) {
            assertEquals((a[j] + b[j]) / 2, seen.meanLast(2)[j], 1e-15);
        }
        double sum = 0;
        for (int t = 0; t < 8; t++) {
            sum += t < 5 ? seen.head(0, 1, 0, t)[2] : seen.head(0, 1, 1, t - 5)[2];
        }
        assertEquals(sum / 8, seen.meanHead(0, 1)[2], 1e-15);
    }

    @Test
    void hooksThatDoNotFitAreRefused() {
        assertEquals("block of a hook must lie in [0, 2), was 2", message(() -> model().withHooks(
                        Hooks.none().ablate(2, 0))));
        assertEquals("head of a hook must lie in [0, 2), was 3", message(() -> model().withHooks(
                        Hooks.none().ablate(0, 3))));
        assertEquals("layer of a hook must lie in [0, 3), was 3", message(() -> model().withHooks(
                        Hooks.none().steer(3, 1))));
        LanguageModel brief = model().withHooks(Hooks.none().steer(1, 1, 2));
        assertEquals(true, message(() -> brief.next(1)).startsWith("vector"));
        assertEquals(
                true,
                message(() -> model().withHooks(Hooks.none().replaceHead(0, 0, 1)))
                        .startsWith("output of a head"));
        assertEquals("layer must lie in [0, 3), was 5", message(() -> model().residual(Batch.of(Tiny.samples()), 5)));
    }
}
