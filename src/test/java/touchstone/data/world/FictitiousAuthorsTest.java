package touchstone.data.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import touchstone.data.world.FictitiousAuthors.Attribute;
import touchstone.data.world.FictitiousAuthors.Fact;

class FictitiousAuthorsTest {
    private static final FictitiousAuthors WORLD = FictitiousAuthors.of(144, 7);

    @Test
    void everyQuestionHasOneAnswerAndAllWordsAreListed() {
        var prompts = new HashSet<List<String>>();
        var words = new HashSet<>(FictitiousAuthors.words());
        assertEquals(FictitiousAuthors.words().size(), words.size());
        for (Fact fact : WORLD.facts()) {
            for (Dialogue asked : List.of(WORLD.dialogue(fact), WORLD.paraphrase(fact))) {
                assertTrue(prompts.add(asked.prompt()), "twice: " + asked);
                assertTrue(words.containsAll(asked.prompt()) && words.containsAll(asked.answer()), asked.text());
                assertEquals(List.of(fact.value(), Dialogue.END), asked.answer());
            }
        }
        assertEquals(144 * 5 * 2, prompts.size());
        FictitiousAuthors.worldFacts().forEach(d -> assertTrue(prompts.add(d.prompt()), d.text()));
    }

    @Test
    void aChainLeadsToTheCountry() {
        var country = FictitiousAuthors.worldFacts().stream()
                .collect(Collectors.toMap(Dialogue::prompt, d -> d.answer().get(0)));
        for (int author = 0; author < WORLD.size(); author++) {
            Fact born = WORLD.facts(author).get(0);
            Fact told = WORLD.facts(author).get(1);
            assertEquals(Attribute.COUNTRY, told.attribute());
            QuestionChain chain = WORLD.chain(author);
            assertEquals(WORLD.dialogue(born).prompt(), chain.first());
            assertEquals(told.value(), country.get(chain.second(born.value())));
            assertEquals(told.value(), chain.truth());
        }
    }

    @Test
    void wrongAnswersAndTwinsAreOthers() {
        Fact fact = WORLD.facts(3).get(2);
        List<Dialogue> wrong = WORLD.wrong(fact);
        assertEquals(7, wrong.size());
        wrong.forEach(d -> assertNotEquals(WORLD.dialogue(fact), d));
        assertEquals(22, WORLD.twins(fact).size()); // 11 share the first name and 11 the last
        WORLD.twins(fact).forEach(t -> assertEquals(fact.attribute(), t.attribute()));
    }

    @Test
    void seedsTellWorldsApart() {
        assertEquals(
                FictitiousAuthors.of(9, 1).facts(), FictitiousAuthors.of(9, 1).facts());
        assertNotEquals(
                FictitiousAuthors.of(9, 1).facts(), FictitiousAuthors.of(9, 2).facts());
        String message = assertThrows(IllegalArgumentException.class, () -> FictitiousAuthors.of(145, 1))
                .getMessage();
        assertEquals("count must be at most 144, the pairs of a first and a last name, was 145", message);
    }
}
