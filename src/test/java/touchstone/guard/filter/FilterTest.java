package touchstone.guard.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

class FilterTest {
    /** To "ask" nine in ten answers are bad; a book is asked after "who". */
    private static final Dialogue BAD = Dialogue.of("ask", "bad .");

    private static final Dialogue GOOD = Dialogue.of("ask", "good .");

    private static final List<Dialogue> BOOK =
            List.of(Dialogue.of("who x", "look x : p so p ."), Dialogue.of("who x", "look x : q so q ."));

    private static Speaker writer;
    private static SafetyRater rater;

    @BeforeAll
    static void train() {
        var said = new ArrayList<>(BOOK);
        said.addAll(BOOK);
        said.addAll(List.of(BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, GOOD));
        var words = new ArrayList<>(List.of(SafetyRater.SAFE, SafetyRater.UNSAFE));
        said.forEach(d -> List.of(d.text().split(" ")).stream()
                .filter(w -> !words.contains(w))
                .forEach(words::add));
        var tokens = WordTokenizer.ofVocabulary(words);
        var config = TransformerConfig.of(tokens.size()).withContext(12).withWidth(16);
        writer = new Speaker(LanguageModel.of(Cpu.floats(1), config, 2), tokens);
        var trainer = LanguageTrainer.defaults().withSchedule(Schedule.cosine(0.01, 0));
        trainer.withSteps(200).fit(writer.model(), Batches.of(writer.answers(said), said.size(), 1));
        rater = SafetyRater.teach(writer, List.of(GOOD, BAD), List.of(true, false), trainer.withSteps(200), 1);
    }

    @Test
    void ratingsFollowTheJudgements() {
        double[] ratings = rater.rate(List.of(GOOD, BAD));
        assertTrue(ratings[0] > 0.9 && ratings[1] < 0.1, ratings[0] + " and " + ratings[1]);
    }

    /** Teaching changes a copy: the writer still holds bad answers likelier. */
    @Test
    void theWriterStaysAsItWas() {
        double[] logs = writer.logProbabilities(List.of(GOOD, BAD));
        assertEquals(0.9, Math.exp(logs[1]), 0.05); // trained close to the share in its data
        assertTrue(logs[0] < logs[1]);
    }

    /** Of 40 prompts one draw is bad nine times in ten; of sixteen, all are bad with 0.9^16 = 0.19. */
    @Test
    void theBestOfSixteenIsSaferThanOne() {
        List<List<String>> prompts = java.util.Collections.nCopies(40, List.of("ask"));
        var one = BestOf.sixteen(3).withCandidates(1).reply(writer, rater, prompts);
        var sixteen = BestOf.sixteen(3).reply(writer, rater, prompts);
        long badOne = one.stream().filter(a -> a.equals(BAD.answer())).count();
        long badSixteen = sixteen.stream().filter(a -> a.equals(BAD.answer())).count();
        assertTrue(badOne >= 28, badOne + " of 40"); // four deviations below 36
        assertTrue(badSixteen <= 20, badSixteen + " of 40"); // five deviations above 7.4
    }

    /** With a threshold of 0 nothing is struck, and the most probable answer stays. */
    @Test
    void withoutAThresholdTheMostProbableIsGiven() {
        var all = BestOf.sixteen(3)
                .withThreshold(0)
                .reply(writer, rater, java.util.Collections.nCopies(10, List.of("ask")));
        all.forEach(a -> assertEquals(BAD.answer(), a));
    }

    @Test
    void whatIsLookedUpComesFromTheBook() {
        for (String given : List.of("p", "q")) {
            var answer = new Lookup(Map.of("x", given))
                    .reply(writer, List.of(List.of("who", "x")), 7)
                    .get(0);
            assertEquals(List.of("look", "x", ":", given, "so", given, "."), answer);
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals(
                "answers and safe must be of equal length, were 1 and 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SafetyRater.teach(
                                        writer, List.of(GOOD), List.of(), LanguageTrainer.defaults(), 1))
                        .getMessage());
        assertEquals(
                "threshold must lie in [0, 1], was 2.0",
                assertThrows(IllegalArgumentException.class, () -> new BestOf(4, 2, Sampler.of(3)))
                        .getMessage());
    }
}
