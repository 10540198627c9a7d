package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.Distillation;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.LanguageTrainer;
import touchstone.nn.lm.Lora;
import touchstone.nn.lm.Sample;
import touchstone.nn.lm.Sampler;
import touchstone.nn.lm.TransformerConfig;
import touchstone.util.Seeds;

/** Language models on the stub driver: losses, log-probabilities and texts are those of the processor. */
class CudaLanguageTest {
    private static final double CLOSE = 1e-4; // some tens of steps, each off by rounding of float32
    private static final int VOCABULARY = 9;
    private static final TransformerConfig SHAPE = TransformerConfig.of(VOCABULARY)
            .withContext(12)
            .withWidth(16)
            .withLayers(2)
            .withHeads(2);
    private static final CudaBackend CARD = Stub.backend();

    @AfterAll
    static void nothingIsWrittenPastAnEnd() {
        assertEquals(0, Stub.calls().stub_torn());
        CARD.close();
    }

    /** Tokens that rise by a step of their own, which a model can learn; samples of several lengths. */
    private static List<Sample> samples() {
        RandomGenerator rng = Seeds.rng(41, "samples");
        return Stream.generate(() -> {
                    int first = rng.nextInt(VOCABULARY);
                    int step = 1 + rng.nextInt(2);
                    int length = 5 + rng.nextInt(6);
                    var tokens = new int[length];
                    for (int t = 0; t < length; t++) {
                        tokens[t] = (first + t * step) % VOCABULARY;
                    }
                    return Sample.of(tokens);
                })
                .limit(16)
                .toList();
    }

    private static Batches batches() {
        List<Sample> all = samples();
        return step -> Batch.of(step % 2 == 0 ? all.subList(0, 8) : all.subList(8, 16));
    }

    private static double[] trained(LanguageModel model, LanguageLoss loss) {
        return LanguageTrainer.defaults().withSteps(25).withClip(1).fit(model, batches(), loss);
    }

    private static void assertLearnsAlike(
            LanguageModel host, LanguageModel card, LanguageLoss onHost, LanguageLoss onCard) {
        double[] expected = trained(host, onHost);
        assertArrayEquals(expected, trained(card, onCard), CLOSE);
        assertTrue(expected[expected.length - 1] < 0.95 * expected[0], "nothing was learnt: " + expected[0]);
        double[] logs = host.logProbabilities(samples());
        double[] found = card.logProbabilities(samples());
        for (int i = 0; i < logs.length; i++) {
            assertEquals(logs[i], found[i], CLOSE * (1 - logs[i]), "sample " + i);
        }
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {4, 6, 8}, new int[] {7});
        List<int[]> told = Sampler.greedy(6).generate(host, prompts);
        List<int[]> said = Sampler.greedy(6).generate(card, prompts);
        for (int i = 0; i < told.size(); i++) {
            assertArrayEquals(told.get(i), said.get(i), "prompt " + i);
        }
    }

    private static LanguageModel model(Backend backend) {
        return LanguageModel.of(backend, SHAPE, 3);
    }

    @Test
    void learnsAndSpeaksAlike() {
        LanguageLoss loss = LanguageLoss.crossEntropy();
        assertLearnsAlike(model(Cpu.floats(1)), model(CARD), loss, loss);
    }

    @Test
    void tiedTablesAdaptersAndSoftPromptsLearnAlike() {
        LanguageLoss loss = LanguageLoss.crossEntropy();
        assertLearnsAlike(adapted(Cpu.floats(1)), adapted(CARD), loss, loss);
    }

    private static LanguageModel adapted(Backend backend) {
        LanguageModel base = LanguageModel.of(backend, SHAPE.withTied(true), 3);
        trained(base, LanguageLoss.crossEntropy());
        return base.withSoftPrompt(2, 5).withLora(Lora.ofRank(2));
    }

    @Test
    void aStudentLearnsAlikeFromATeacher() {
        LanguageLoss onHost = Distillation.of(LanguageModel.of(Cpu.floats(1), SHAPE, 8), 2);
        LanguageLoss onCard = Distillation.of(LanguageModel.of(CARD, SHAPE, 8), 2);
        LanguageLoss hard = LanguageLoss.crossEntropy();
        assertLearnsAlike(model(Cpu.floats(1)), model(CARD), hard.plus(0.1, onHost), hard.plus(0.1, onCard));
    }

    /** What comes back from the card in a step of training is a number a loss and one of the clipping, whatever the vocabulary. */
    @Test
    void logitsStayOnTheCard() {
        LanguageModel model = model(CARD);
        trained(model, LanguageLoss.crossEntropy());
        long before = Stub.calls().stub_count("fetched");
        LanguageTrainer.defaults().withSteps(1).withClip(1).fit(model, batches());
        long parameters = model.parameters().size();
        long fetched = Stub.calls().stub_count("fetched") - before;
        assertTrue(fetched <= Double.BYTES * (parameters + 2), fetched + " bytes for " + parameters + " parameters");
    }
}
