package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.cpu.Cpu;

/** Low-rank adapters and soft prompts: what trains, and what stays. */
class AdaptersTest {
    private static final List<Sample> TASK = List.of(Sample.of(1, 2, 3, 4), Sample.of(2, 2, 5));

    private static LanguageModel model() {
        return Tiny.moved(Cpu.floats(1), Tiny.CONFIG);
    }

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }

    private static double[] train(LanguageModel model) {
        return LanguageTrainer.defaults().withSteps(60).fit(model, Batches.of(TASK, 2, 1));
    }

    @Test
    void adaptersChangeNothingAtFirstAndAloneTrain() {
        LanguageModel base = model();
        LanguageModel adapted = base.withLora(Lora.ofRank(2));
        double[][] before = base.tokenLogProbabilities(TASK);
        assertArrayEquals(before, adapted.tokenLogProbabilities(TASK));
        double[] losses = train(adapted);
        assertTrue(losses[59] < losses[0] - 0.2, losses[0] + " to " + losses[59]);
        assertArrayEquals(before, base.tokenLogProbabilities(TASK));
        for (var p : adapted.parameters()) {
            if (!p.name().contains("lora-")) {
                var same = base.parameters().stream()
                        .filter(q -> q.name().equals(p.name()))
                        .findFirst()
                        .orElseThrow();
                assertArrayEquals(same.value().toMatrix(), p.value().toMatrix(), p.name());
            }
        }
    }

    /** In double, so that the order of the products is all that differs. */
    @Test
    void mergedAdaptersGiveTheSameModelInPlainMatrices() {
        LanguageModel adapted = Tiny.move(
                Tiny.moved(Cpu.doubles(1), Tiny.CONFIG)
                        .withLora(Lora.ofRank(2)
                                .withMatrices(Lora.Matrix.values())
                                .withAlpha(5)),
                3);
        LanguageModel merged = adapted.merged();
        double[][] expected = adapted.tokenLogProbabilities(TASK);
        double[][] found = merged.tokenLogProbabilities(TASK);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], found[i], 1e-12);
        }
        assertEquals(model().size(), merged.size());
        assertEquals(merged.size(), merged.trainedSize());
    }

    @Test
    void aSoftPromptStartsAsTokensAndAloneTrains() {
        LanguageModel base = model();
        LanguageModel prompted = base.withSoftPrompt(2, 7);
        double[][] table = base.parameters().get(0).value().toMatrix();
        for (double[] row : prompted.softPrompt()) {
            assertTrue(List.of(table).stream().anyMatch(t -> java.util.Arrays.equals(t, row)));
        }
        double[][] before = base.tokenLogProbabilities(TASK);
        double[] losses = train(prompted);
        assertTrue(losses[59] < losses[0] - 0.05, losses[0] + " to " + losses[59]);
        assertArrayEquals(before, base.tokenLogProbabilities(TASK));
        assertArrayEquals(table, prompted.parameters().get(0).value().toMatrix());
        assertEquals(0, base.softPrompt().length);
    }

    @Test
    void badRequestsAreRefused() {
        assertEquals(
                "model must have no adapters yet; call merged() first",
                message(() -> model().withLora(Lora.ofRank(1)).withLora(Lora.ofRank(1))));
        assertEquals("model must have no soft prompt yet, had one of 2 rows", message(() -> model().withSoftPrompt(2, 1)
                .withSoftPrompt(1, 1)));
        assertEquals("length must be at least 1, was 0", message(() -> model().withSoftPrompt(0, 1)));
        assertEquals("rank must be at least 1, was 0", message(() -> Lora.ofRank(0)));
        assertTrue(message(() -> Lora.ofRank(1).withMatrices()).startsWith("matrices"));
        assertEquals("a soft prompt cannot be merged into matrices", message(() -> model().withSoftPrompt(1, 1)
                .merged()));
    }
}
