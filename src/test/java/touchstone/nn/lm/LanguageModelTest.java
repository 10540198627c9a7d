package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.nn.Backend;
import touchstone.nn.cpu.Cpu;

class LanguageModelTest {
    private static final Backend DOUBLES = Cpu.doubles(1);

    @TempDir
    Path folder;

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }

    /** 112,577: the count that PyTorch reports for the same shape with biases (width 64, 2 blocks, 4 heads, 65 characters). */
    @Test
    void hasAsManyNumbersAsTheSameShapeInTorch() {
        assertEquals(
                112_577,
                LanguageModel.of(Cpu.floats(1), new TransformerConfig(65, 64, 64, 2, 4, false), 1)
                        .size());
    }

    @Test
    void laterTokensAndPaddingDoNotMatter() {
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG);
        double[][] together = model.tokenLogProbabilities(Tiny.samples());
        for (int i = 0; i < together.length; i++) {
            Sample alone = Tiny.samples().get(i);
            assertArrayEquals(model.tokenLogProbabilities(List.of(alone))[0], together[i], 1e-12);
            int[] tokens = alone.tokens();
            double first = model.next(tokens[0])[tokens[1]];
            assertEquals(Math.log(first), together[i][0], 1e-12);
        }
    }

    @Test
    void probabilitiesSumToOneAndScoresAgree() {
        LanguageModel model = Tiny.moved(DOUBLES, Tiny.CONFIG);
        assertEquals(1, Arrays.stream(model.next(1, 2, 3)).sum(), 1e-12);
        double[][] logs = model.tokenLogProbabilities(Tiny.samples());
        double[] sums = model.logProbabilities(Tiny.samples());
        assertEquals(Arrays.stream(logs[0]).sum(), sums[0], 1e-12);
        assertEquals(logs[1][1] + logs[1][2], sums[1], 1e-12);
        assertEquals(0.5 * logs[2][0] + 2 * logs[2][1], sums[2], 1e-12);
        double mean = -Arrays.stream(sums).sum() / (6 + 2 + 2.5);
        assertEquals(mean, model.crossEntropy(Tiny.samples()), 1e-12);
        assertEquals(Math.exp(mean), model.perplexity(Tiny.samples()), 1e-12);
        assertEquals(mean, model.loss(Batch.of(Tiny.samples()), LanguageLoss.crossEntropy()), 1e-12);
    }

    @Test
    void threadsChangeNoBit() {
        assertArrayEquals(trained(1), trained(2));
    }

    private static double[][] trained(int threads) {
        var config = new TransformerConfig(20, 32, 32, 2, 4, true);
        LanguageModel model = LanguageModel.of(Cpu.floats(threads), config, 1);
        List<Sample> samples =
                Tiny.sequences(64, 33, 20, 1).stream().map(Sample::of).toList();
        LanguageTrainer.defaults().withSteps(4).fit(model, Batches.of(samples, 32, 1));
        return model.tokenLogProbabilities(samples);
    }

    @Test
    void aLoadedModelGivesTheSameBits() {
        LanguageModel model = Tiny.moved(Cpu.floats(1), Tiny.CONFIG.withTied(true));
        List<LanguageModel> kinds = List.of(
                model,
                model.frozen(),
                Tiny.move(model.withLora(Lora.ofRank(2).withMatrices(Lora.Matrix.DOWN)), 2),
                model.withSoftPrompt(3, 4));
        for (LanguageModel kind : kinds) {
            Path file = folder.resolve("model");
            kind.save(file);
            LanguageModel loaded = LanguageModel.load(Cpu.floats(1), file);
            assertArrayEquals(kind.tokenLogProbabilities(Tiny.samples()), loaded.tokenLogProbabilities(Tiny.samples()));
            assertEquals(kind.trainedSize(), loaded.trainedSize());
            assertEquals(kind.config(), loaded.config());
        }
    }

    @Test
    void copiesHoldTheirOwnNumbers() {
        LanguageModel model = Tiny.moved(Cpu.floats(1), Tiny.CONFIG);
        LanguageModel reference = model.frozen();
        double[][] before = reference.tokenLogProbabilities(Tiny.samples());
        assertArrayEquals(model.tokenLogProbabilities(Tiny.samples()), before);
        LanguageTrainer.defaults().withSteps(3).fit(model, Batches.of(Tiny.samples(), 3, 1));
        assertArrayEquals(before, reference.tokenLogProbabilities(Tiny.samples()));
        assertFalse(Arrays.deepEquals(before, model.tokenLogProbabilities(Tiny.samples())));
        assertEquals(
                "model must have parameters to train, was frozen; train a copy()",
                message(() -> LanguageTrainer.defaults().fit(reference, Batches.of(Tiny.samples(), 3, 1))));
    }

    @Test
    void onlyTheChosenParametersTrain() {
        LanguageModel model = Tiny.moved(Cpu.floats(1), Tiny.CONFIG);
        LanguageModel before = model.copy();
        LanguageModel view = model.training(p -> p.name().startsWith("block1"));
        LanguageTrainer.defaults().withSteps(2).fit(view, Batches.of(Tiny.samples(), 3, 1));
        for (int i = 0; i < model.parameters().size(); i++) {
            var now = model.parameters().get(i);
            boolean same = Arrays.deepEquals(
                    now.value().toMatrix(), before.parameters().get(i).value().toMatrix());
            assertEquals(!now.name().startsWith("block1"), same, now.name());
        }
    }

    @Test
    void badSequencesAreNamed() {
        LanguageModel model = Tiny.moved(Cpu.floats(1), Tiny.CONFIG);
        assertEquals(
                "sequence 1 must give the model 1 to 6 tokens, its context, gave 7",
                message(() -> model.logProbabilities(List.of(Sample.of(1, 2), Sample.of(0, 1, 2, 3, 4, 5, 6, 0)))));
        assertEquals(
                "token 2 of sequence 0 must lie in [0, 7), the vocabulary, was 7",
                message(() -> model.logProbabilities(List.of(Sample.of(1, 2, 7)))));
        assertEquals(
                "token 1 of sequence 0 must lie in [0, 7), the vocabulary, was 9", message(() -> model.next(1, 9, 2)));
        assertEquals("length of tokens must be at least 2, was 1", message(() -> Sample.of(1)));
        assertTrue(
                message(() -> new Sample(new int[] {1, 2}, new double[] {1, 1})).startsWith("weights[0] must be 0"));
        assertTrue(message(() -> model.crossEntropy(List.of(new Sample(new int[] {1, 2}, new double[2]))))
                .startsWith("sum of the samples' weights must be a finite number above 0"));
        assertTrue(message(() -> Batches.windows(new int[3], 3, 1, 1)).startsWith("text must have more than the 3"));
        assertTrue(message(() -> Tiny.CONFIG.withContext(129)).startsWith("context must lie in [1, 128], was 129"));
        assertEquals("heads must divide the width, were 3 of 8", message(() -> Tiny.CONFIG.withHeads(3)));
    }
}
