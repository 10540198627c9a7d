package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.data.Agreement;
import touchstone.data.StochasticGrammar;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.optim.Schedule;
import touchstone.util.Seeds;

/** A model of width 32 over 24 tokens learns a grammar to near its exact entropy. */
class EntropyFloorTest {
    private static final StochasticGrammar GRAMMAR = Agreement.grammar();
    private static final WordTokenizer WORDS = WordTokenizer.ofVocabulary(GRAMMAR.words());

    /** The full stop of the sentence before, then the sentence. */
    private static Sample sample(List<String> sentence) {
        return Sample.of(WORDS.encode(". " + String.join(" ", sentence)));
    }

    /**
     * The same test sentences under the model and under the grammar: the difference is an estimate of the divergence a token, whose
     * deviation is far below the margin. 0.03 nats a token is less than 3 % of the entropy a word.
     */
    @Test
    void reachesTheEntropyOfTheGrammar() {
        var config = TransformerConfig.of(WORDS.size()).withContext(24);
        LanguageModel model = LanguageModel.of(Cpu.floats(), config, 1);
        Batches batches = Batches.drawn(rng -> sample(GRAMMAR.draw(rng)), 16, 1);
        double[] losses = LanguageTrainer.defaults()
                .withSteps(400)
                .withSchedule(Schedule.cosine(0.01, 0).warmedUp(20))
                .fit(model, batches);
        assertTrue(losses[0] > 2.5, "first loss " + losses[0]);
        var rng = Seeds.rng(2, "test");
        var samples = new ArrayList<Sample>();
        double exact = 0;
        int words = 0;
        for (int i = 0; i < 400; i++) {
            List<String> sentence = GRAMMAR.draw(rng);
            samples.add(sample(sentence));
            exact -= GRAMMAR.logProbability(sentence);
            words += sentence.size();
        }
        double floor = GRAMMAR.entropy() / GRAMMAR.meanLength();
        assertEquals(
                floor,
                exact / words,
                0.05); // 400 sentences of deviation 3 nats over 7 words: 0.02, and more than twice that
        double excess = model.crossEntropy(samples) - exact / words;
        assertTrue(excess > -0.001 && excess < 0.03, "excess " + excess + " over " + exact / words);
    }
}
