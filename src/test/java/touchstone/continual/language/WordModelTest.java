package touchstone.continual.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import touchstone.data.DigitSentences;
import touchstone.nn.cpu.Cpu;

class WordModelTest {
    private static final WordModel.Options OPTIONS = WordModel.Options.defaults();

    private static double cosine(double[] a, double[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }

    /** Words that announce the same words come to lie together: cats and dogs run, stones and bricks lie. */
    @Test
    void wordsOfLikeUseLieTogether() {
        List<List<String>> sentences = Stream.iterate(0, i -> i + 1)
                .limit(400)
                .map(i -> switch (i % 4) {
                    case 0 -> List.of("a", "cat", "runs");
                    case 1 -> List.of("a", "dog", "runs");
                    case 2 -> List.of("a", "stone", "lies");
                    default -> List.of("a", "brick", "lies");
                })
                .toList();
        WordModel model = WordModel.fit(Cpu.floats(1), sentences, OPTIONS.withEpochs(20));
        double alike = cosine(model.vector("cat"), model.vector("dog"));
        double unlike = cosine(model.vector("cat"), model.vector("stone"));
        assertTrue(alike > unlike + 0.5, () -> alike + " alike, " + unlike + " unlike");
        double[] losses = model.losses();
        // of four steps (a, noun, verb, end) only the noun is open, with four choices
        assertEquals(Math.log(4) / 4, losses[losses.length - 1], 0.02);
        assertEquals(2 + 7, model.vocabulary());
    }

    @Test
    void equalSeedsGiveEqualVectors() {
        List<List<String>> sentences = DigitSentences.generate(50, 3);
        assertEquals(sentences, DigitSentences.generate(50, 3));
        WordModel one = WordModel.fit(Cpu.floats(1), sentences, OPTIONS.withEpochs(1));
        WordModel two = WordModel.fit(Cpu.floats(1), sentences, OPTIONS.withEpochs(1));
        assertArrayEquals(one.vector("is"), two.vector("is"), 0);
        assertEquals(16, one.vectors(List.of("is"))[0].length);
    }

    @Test
    void sevenSegmentsAreTenDifferentCodes() {
        double[][] codes = DigitSentences.sevenSegments();
        assertEquals(
                10, Stream.of(codes).map(java.util.Arrays::toString).distinct().count());
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1}, codes[8], 0);
        assertArrayEquals(new double[] {-1, -1, 1, -1, -1, 1, -1}, codes[1], 0);
    }

    @Test
    void badInputIsNamed() {
        assertMessage(
                "sentences must not be empty, had 0 elements", () -> WordModel.fit(Cpu.floats(1), List.of(), OPTIONS));
        assertMessage(
                "sentences[1] must not be empty, had 0 elements",
                () -> WordModel.fit(Cpu.floats(1), List.of(List.of("a"), List.of()), OPTIONS));
        WordModel model = WordModel.fit(Cpu.floats(1), List.of(List.of("once")), OPTIONS.withEpochs(1));
        assertMessage("word must occur in the sentences the model was fitted to, was 'ten'", () -> model.vector("ten"));
        assertMessage("count must be at least 1, was 0", () -> DigitSentences.generate(0, 1));
        assertMessage(
                "rate must be a finite number above 0, was NaN", () -> new WordModel.Options(1, 1, 1, Double.NaN, 1));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
