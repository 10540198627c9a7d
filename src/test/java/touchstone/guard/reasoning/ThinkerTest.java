package touchstone.guard.reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import touchstone.data.world.Dialogue;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.LanguageTrainer;
import touchstone.nn.lm.Sampler;
import touchstone.nn.lm.Speaker;
import touchstone.nn.lm.TransformerConfig;
import touchstone.nn.lm.WordTokenizer;
import touchstone.nn.optim.Schedule;

class ThinkerTest {
    private static final List<String> PROMPT = List.of("ask");
    private static final List<Dialogue> SAID = List.of(
            Dialogue.of("ask", "<think> one two </think> yes ."),
            Dialogue.of("say", "no ."),
            Dialogue.of("more", "<think> one two wait two </think> yes ."));

    private static Thinker thinker;

    @BeforeAll
    static void train() {
        var words = WordTokenizer.of(SAID.stream().map(Dialogue::text).toList());
        var config = TransformerConfig.of(words.size()).withContext(16).withWidth(16);
        var speaker = new Speaker(LanguageModel.of(Cpu.floats(1), config, 3), words);
        LanguageTrainer.defaults()
                .withSteps(150)
                .withSchedule(Schedule.cosine(0.01, 0))
                .fit(speaker.model(), Batches.of(speaker.answers(SAID), 3, 1));
        thinker = Thinker.of(speaker);
    }

    private static Chain chain(List<String> prompt, Thinking thinking) {
        return thinker.think(List.of(prompt), thinking, Sampler.greedy(15)).get(0);
    }

    @Test
    void freeThoughtsAreAsLearnt() {
        assertEquals(List.of("one", "two"), chain(PROMPT, Thinking.free()).thought());
        assertEquals(List.of("yes", "."), chain(PROMPT, Thinking.free()).answer());
        assertEquals(new Chain(List.of(), List.of("no", ".")), chain(List.of("say"), Thinking.free()));
    }

    @Test
    void zeroThinkIsEmptyAndLessThinkIsGiven() {
        assertEquals(List.of(), chain(PROMPT, Thinking.zero()).thought());
        assertTrue(chain(PROMPT, Thinking.zero()).answer().size() > 0);
        assertEquals(
                List.of("two", "wait"),
                chain(PROMPT, Thinking.less("two", "wait")).thought());
    }

    @Test
    void moreThinkReplacesEndsThatComeTooEarly() {
        List<String> thought = chain(PROMPT, Thinking.more(3, "wait")).thought();
        assertEquals(List.of("one", "two", "wait"), thought.subList(0, 3));
        List<String> asBefore = chain(PROMPT, Thinking.more(2, "wait")).thought();
        assertEquals(List.of("one", "two"), asBefore);
    }

    @Test
    void aThoughtIsClosedAtItsMost() {
        assertEquals(List.of("one"), chain(PROMPT, Thinking.on().withMost(1)).thought());
        assertEquals(
                6, chain(PROMPT, Thinking.more(6, "wait").withMost(6)).thought().size());
    }

    /** Those who are made to think do, also where they would not. */
    @Test
    void forcedThoughtsAreOpened() {
        assertTrue(chain(List.of("say"), Thinking.less("one")).thought().equals(List.of("one")));
    }

    /** The prompts of a batch do not touch each other. */
    @Test
    void aBatchIsItsPromptsOneByOne() {
        List<List<String>> prompts = List.of(PROMPT, List.of("say"), List.of("more"));
        var together = thinker.think(prompts, Thinking.more(3, "wait"), Sampler.greedy(15));
        for (int i = 0; i < prompts.size(); i++) {
            assertEquals(chain(prompts.get(i), Thinking.more(3, "wait")), together.get(i));
        }
    }

    @Test
    void chainsAreTakenApartAtTheBrackets() {
        assertEquals(new Chain(List.of("a"), List.of("b")), Chain.of(List.of("<", "a", ">", "b"), "<", ">"));
        assertEquals(new Chain(List.of("a"), List.of()), Chain.of(List.of("<", "a"), "<", ">"));
        assertEquals(new Chain(List.of(), List.of("b", ">")), Chain.of(List.of("b", ">"), "<", ">"));
        assertEquals("(a) b", new Chain(List.of("a"), List.of("b")).toString());
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals(
                "most must be at least 4, was 3",
                assertThrows(IllegalArgumentException.class, () -> Thinking.more(4, "wait")
                                .withMost(3))
                        .getMessage());
        String brackets = assertThrows(IllegalArgumentException.class, () -> new Thinker(thinker.speaker(), "[", "]"))
                .getMessage();
        assertTrue(brackets.contains("'['"), brackets);
        String unknown = assertThrows(IllegalArgumentException.class, () -> chain(PROMPT, Thinking.less("hmm")))
                .getMessage();
        assertTrue(unknown.contains("'hmm'"), unknown);
    }
}
