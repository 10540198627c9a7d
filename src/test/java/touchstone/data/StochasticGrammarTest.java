package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.data.StochasticGrammar.Rule;
import touchstone.util.Seeds;

class StochasticGrammarTest {
    private static String message(Rule... rules) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> StochasticGrammar.of(List.of(rules)))
                .getMessage());
    }

    /** A geometric number of a's: mean length 1 / (1 - p), entropy h(p) / (1 - p). */
    @Test
    void loopsHaveTheClosedForm() {
        var grammar =
                StochasticGrammar.of(List.of(new Rule("start", "a", 0.8, "start"), new Rule("start", "b", 0.2, "end")));
        double h = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.2);
        assertEquals(5, grammar.meanLength(), 1e-10);
        assertEquals(h / 0.2, grammar.entropy(), 1e-10);
        assertEquals(Math.log(0.8 * 0.8 * 0.2), grammar.logProbability(List.of("a", "a", "b")), 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, grammar.logProbability(List.of("a", "a")));
        assertEquals(Double.NEGATIVE_INFINITY, grammar.logProbability(List.of("b", "b")));
        assertEquals(Map.of("a", 0.8, "b", 0.2), grammar.next(List.of("a")));
        assertEquals(Map.of(), grammar.next(List.of("b")));
    }

    /** The mean of -log p of 5000 drawn sentences within five standard errors of the exact entropy. */
    @Test
    void drawnSentencesHaveTheEntropy() {
        StochasticGrammar grammar = Agreement.grammar();
        var rng = Seeds.rng(1, "sentences");
        int n = 5000;
        double sum = 0;
        double squares = 0;
        double words = 0;
        for (int i = 0; i < n; i++) {
            List<String> sentence = grammar.draw(rng);
            double v = -grammar.logProbability(sentence);
            sum += v;
            squares += v * v;
            words += sentence.size();
            assertTrue(sentence.size() >= 4 && sentence.size() <= 20, sentence.toString());
        }
        double mean = sum / n;
        double error = Math.sqrt((squares / n - mean * mean) / n);
        assertEquals(grammar.entropy(), mean, 5 * error);
        assertEquals(grammar.meanLength(), words / n, 0.25); // deviation 3 words over root 5000, five times
    }

    @Test
    void verbsAgreeAcrossAnotherNoun() {
        StochasticGrammar grammar = Agreement.grammar();
        var after = grammar.next(List.of("one", "red", "dog", "near", "many", "cats"));
        assertEquals(Map.of("runs", 0.5, "sleeps", 0.3, "sings", 0.2), after);
        assertEquals(
                Double.NEGATIVE_INFINITY,
                grammar.logProbability(List.of("many", "dogs", "near", "one", "cat", "runs", ".")));
        var thrown = assertThrows(IllegalArgumentException.class, () -> grammar.after(List.of("one", "dogs")));
        assertEquals(
                "word 1 must be one of [red, old, big, dog, cat, bird] after [one], was 'dogs'", thrown.getMessage());
    }

    @Test
    void badRulesAreRefused() {
        assertEquals(
                "probabilities of state start must sum to 1, gave 0.5", message(new Rule("start", "a", 0.5, "end")));
        assertEquals(
                "state start must have one rule for 'a', had two",
                message(new Rule("start", "a", 0.5, "end"), new Rule("start", "a", 0.5, "start")));
        assertTrue(message(new Rule("start", "a", 1, "x")).startsWith("state x, where "));
        assertEquals("rules must leave the state start, none did", message(new Rule("x", "a", 1, "end")));
    }
}
