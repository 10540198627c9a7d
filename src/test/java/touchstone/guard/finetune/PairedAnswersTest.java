package touchstone.guard.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.data.world.RefusalGrammar;
import touchstone.data.world.Request;
import touchstone.data.world.RequestMix;
import touchstone.nn.Parameter;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.Sample;
import touchstone.nn.lm.Speaker;

class PairedAnswersTest {
    private static final RefusalGrammar WORLD = RefusalGrammar.defaults();
    private static final Speaker SPEAKER = Refuser.defaults().untrained(Cpu.doubles(1), 1);
    private static final LanguageModel HELD =
            Refuser.defaults().untrained(Cpu.doubles(1), 2).model();

    private static List<Sample> pairs() {
        List<Request> requests = WORLD.requests(RequestMix.test().harmful(), 3, 1);
        return PairedAnswers.pairs(
                SPEAKER.answers(requests.stream().map(WORLD::refuse).toList()),
                SPEAKER.answers(requests.stream().map(WORLD::comply).toList()));
    }

    /** Against itself every margin is zero, so the loss is log 2; else by hand from the log-probabilities. */
    @Test
    void lossIsTheFormula() {
        Batch batch = Batch.of(pairs());
        LanguageModel model = SPEAKER.model();
        assertEquals(Math.log(2), model.loss(batch, PairedAnswers.loss(model.frozen(), 0.3)), 1e-12);
        double[] own = model.logProbabilities(pairs());
        double[] held = HELD.logProbabilities(pairs());
        double expected = 0;
        for (int i = 0; i < own.length; i += 2) {
            double margin = 0.3 * (own[i] - own[i + 1] - (held[i] - held[i + 1]));
            expected += Math.log1p(Math.exp(-margin)) / 3;
        }
        assertEquals(expected, model.loss(batch, PairedAnswers.loss(HELD, 0.3)), 1e-12);
    }

    @Test
    void slopeAgreesWithDifferences() {
        Batch batch = Batch.of(pairs());
        LanguageModel model = SPEAKER.model();
        LanguageLoss loss = PairedAnswers.loss(HELD, 0.3);
        model.clearGradients();
        model.accumulate(batch, loss);
        Parameter p = model.parameters().get(model.parameters().size() - 1);
        double largest = 0;
        for (int j = 0; j < p.value().columns(); j++) {
            double at = p.value().get(0, j);
            p.value().set(0, j, at + 1e-5);
            double up = model.loss(batch, loss);
            p.value().set(0, j, at - 1e-5);
            double down = model.loss(batch, loss);
            p.value().set(0, j, at);
            assertEquals((up - down) / 2e-5, p.gradient().get(0, j), 1e-9); // truncation h^2, rounding 1e-16 / h
            largest = Math.max(largest, Math.abs(p.gradient().get(0, j)));
        }
        assertTrue(largest > 1e-3, "some slope, was at most " + largest);
    }

    @Test
    void badInputIsNamed() {
        var odd = Batch.of(pairs().subList(0, 3));
        assertEquals(
                "a batch of pairs must be of an even size, was 3",
                assertThrows(IllegalArgumentException.class, () -> SPEAKER.model()
                                .loss(odd, PairedAnswers.loss(HELD, 1)))
                        .getMessage());
        assertEquals(
                "beta must be a finite number above 0, was 0.0",
                assertThrows(IllegalArgumentException.class, () -> PairedAnswers.loss(HELD, 0))
                        .getMessage());
        assertEquals(
                "better and worse must be of equal length, were 6 and 0",
                assertThrows(IllegalArgumentException.class, () -> PairedAnswers.pairs(pairs(), List.of()))
                        .getMessage());
    }
}
