package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.data.world.Dialogue;
import touchstone.nn.cpu.Cpu;

class SpeakerTest {
    private static final List<Dialogue> SAID =
            List.of(Dialogue.of("say a", "a a ."), Dialogue.of("say b", "b ."), Dialogue.of("say c c", "c ."));

    private static Speaker untrained() {
        var words = WordTokenizer.of(SAID.stream().map(Dialogue::text).toList());
        var config = TransformerConfig.of(words.size()).withContext(8).withWidth(16);
        return new Speaker(LanguageModel.of(Cpu.floats(1), config, 3), words);
    }

    @Test
    void onlyAnswersCount() {
        Speaker speaker = untrained();
        assertArrayEquals(
                new double[] {0, 0, 1, 1, 1}, speaker.answers(SAID).get(0).weights());
        assertArrayEquals(
                new double[] {0, 1, 1, 1, 1}, speaker.texts(SAID).get(0).weights());
    }

    @Test
    void saysWhatItWasTaughtAndItsProbability() {
        Speaker speaker = untrained();
        LanguageTrainer.defaults().withSteps(150).fit(speaker.model(), Batches.of(speaker.answers(SAID), 3, 1));
        List<List<String>> replies =
                speaker.reply(SAID.stream().map(Dialogue::prompt).toList(), 4);
        assertEquals(SAID.stream().map(Dialogue::answer).toList(), replies);
        assertEquals(1, speaker.accuracy(SAID));
        assertEquals(
                2 / 3.0, speaker.accuracy(List.of(SAID.get(0), SAID.get(1), Dialogue.of("say c c", "a ."))), 1e-15);
        for (double log : speaker.logProbabilities(SAID)) {
            assertTrue(log <= 0 && log > Math.log(0.9), "log p " + log);
        }
    }

    @Test
    void anotherVocabularyIsNamed() {
        Speaker speaker = untrained();
        var words = WordTokenizer.ofVocabulary(List.of("x", "."));
        String message = assertThrows(IllegalArgumentException.class, () -> new Speaker(speaker.model(), words))
                .getMessage();
        assertEquals("model must have a vocabulary of 2 words as the tokenizer, had 5", message);
    }
}
