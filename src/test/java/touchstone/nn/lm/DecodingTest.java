package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Backend;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Seeds;

/** Generation with kept keys and values against whole passes. */
class DecodingTest {
    private static final Backend DOUBLES = Cpu.doubles(1);

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }

    static Stream<LanguageModel> models() {
        LanguageModel plain = Tiny.moved(DOUBLES, Tiny.CONFIG);
        Hooks hooks = Hooks.none()
                .ablate(0, 1)
                .scaleHead(1, 0, -2)
                .replaceHead(1, 1, 1, 2, 3, 4)
                .edit(1, Edit.steer(Tiny.vector(8, 1), 2))
                .edit(0, Edit.affine(Tiny.vector(8, 2), Tiny.vector(8, 3)));
        return Stream.of(
                plain,
                plain.withHooks(hooks),
                Tiny.moved(DOUBLES, Tiny.CONFIG.withTied(true)),
                Tiny.move(plain.withLora(Lora.ofRank(2)), 4),
                plain.withSoftPrompt(3, 2),
                plain.withSoftPrompt(3, 2).withHooks(hooks));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyStepIsThatOfAWholePass(LanguageModel model) {
        List<int[]> sequences = Tiny.sequences(3, 6, 7, 1);
        var decoding = Decoding.of(model, 3);
        for (int t = 0; t < 6; t++) {
            int at = t;
            double[][] logits =
                    decoding.next(sequences.stream().mapToInt(s -> s[at]).toArray());
            for (int i = 0; i < 3; i++) {
                double[] whole = model.next(Arrays.copyOf(sequences.get(i), t + 1));
                assertArrayEquals(whole, KeyValues.softmax(logits[i]), 1e-12);
            }
        }
        assertEquals(6, decoding.length());
        assertEquals(
                "sequences must stay within the context of 6 tokens, which is full; start again with fewer",
                message(() -> decoding.next(1, 1, 1)));
    }

    /** Prompts of different lengths, side by side; greedy tokens one by one from whole passes. */
    @ParameterizedTest
    @MethodSource("models")
    void greedyTextIsThatOfWholePasses(LanguageModel model) {
        List<int[]> prompts = List.of(new int[] {1}, new int[] {2, 0, 4}, new int[] {6, 6});
        List<int[]> found = Sampler.greedy(4).generate(model, prompts);
        for (int i = 0; i < prompts.size(); i++) {
            int[] text = prompts.get(i);
            for (int k = 0; k < 4; k++) {
                double[] p = model.next(text);
                int best = 0;
                for (int j = 1; j < p.length; j++) {
                    best = p[j] > p[best] ? j : best;
                }
                text = Arrays.copyOf(text, text.length + 1);
                text[text.length - 1] = best;
            }
            assertArrayEquals(Arrays.copyOfRange(text, prompts.get(i).length, text.length), found.get(i));
        }
    }

    /** Chi-square of 4000 draws against softmax(z / 2) of the best 3 of 4: 2 degrees of freedom, p > 0.001 below 13.8. */
    @Test
    void drawsFollowTemperatureAndTopK() {
        Sampler sampler = Sampler.of(1).withTemperature(2).withTopK(3);
        var rng = Seeds.rng(1, "draws");
        var counts = new int[4];
        for (int i = 0; i < 4000; i++) {
            counts[sampler.draw(new double[] {1, -3, 2, 0}, rng)]++;
        }
        double total = Math.exp(0.5) + Math.exp(1) + 1;
        double[] p = {Math.exp(0.5) / total, 0, Math.exp(1) / total, 1 / total};
        assertEquals(0, counts[1]);
        double chi = 0;
        for (int j : new int[] {0, 2, 3}) {
            chi += Math.pow(counts[j] - 4000 * p[j], 2) / (4000 * p[j]);
        }
        assertTrue(chi < 13.8, "chi-square " + chi);
    }

    @Test
    void aSeedTellsTheTextOfEachPromptAlone() {
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG);
        Sampler sampler = Sampler.of(5).withSeed(3);
        List<int[]> two = sampler.generate(model, List.of(new int[] {1}, new int[] {2}));
        assertArrayEquals(two.get(0), sampler.generate(model, 1));
        assertArrayEquals(
                two.toArray(),
                sampler.generate(model, List.of(new int[] {1}, new int[] {2})).toArray());
        List<int[]> other = sampler.withSeed(4).generate(model, List.of(new int[] {1}, new int[] {2}));
        assertTrue(!Arrays.equals(two.get(0), other.get(0)) || !Arrays.equals(two.get(1), other.get(1)));
    }

    @Test
    void stopTokensEndATextAndOverflowIsRefused() {
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG);
        int[] free = Sampler.greedy(5).generate(model, 1);
        int[] stopped = Sampler.greedy(5).withStop(free[0]).generate(model, 1);
        assertArrayEquals(new int[] {free[0]}, stopped);
        assertEquals(6, Sampler.greedy(6).generate(model, 1).length);
        assertEquals(
                "prompts[0] of 2 tokens and 6 more need a context of 7, the model has 6",
                message(() -> Sampler.greedy(6).generate(model, 1, 2)));
        assertTrue(message(() -> Sampler.of(2).generate(model)).startsWith("prompts[0]"));
        assertTrue(message(() -> Sampler.of(2).withTemperature(0)).startsWith("temperature must be"));
        assertEquals("token 0 of sequence 0 must lie in [0, 7), the vocabulary, was 8", message(() -> Sampler.of(2)
                .generate(model, 8)));
    }
}
