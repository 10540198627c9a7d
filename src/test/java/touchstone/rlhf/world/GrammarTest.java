package touchstone.rlhf.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.policy.Policy;
import touchstone.rlhf.policy.Rollout;
import touchstone.rlhf.shaping.Response;

class GrammarTest {
    private static final Grammar G = Grammar.defaults();

    @Test
    void theOracleReadsAnswers() {
        int[] prompt = {Grammar.ASK, G.topic(2)};
        int[] useful = G.answer(2);
        assertTrue(G.solved(prompt, useful));
        var late = new int[6];
        late[0] = Grammar.HARM + 1;
        late[1] = Grammar.NEUTRAL;
        System.arraycopy(useful, 0, late, 2, 4);
        assertTrue(G.solved(prompt, late));
        assertTrue(Grammar.harmful(late));
        assertFalse(Grammar.harmful(useful));
        late[5] = Grammar.END;
        assertFalse(G.solved(prompt, late));
        assertTrue(Grammar.holds(late, Grammar.NEUTRAL));
        assertEquals("ask topic2", G.text(prompt));
        assertEquals(2, G.topicOf(prompt));
    }

    /** Phrases of different topics differ, or one topic would teach another. */
    @Test
    void everyTopicHasItsOwnAnswer() {
        for (int a = 0; a < G.topics(); a++) {
            for (int b = 0; b < a; b++) {
                assertFalse(Arrays.equals(G.answer(a), G.answer(b)), a + " and " + b);
            }
        }
    }

    /** Request, topic and place are one indicator each; the last word is one, the words written at all are the rest. */
    @Test
    void theViewShowsThePrefix() {
        double[] empty = G.view(8).of(new int[] {Grammar.ATTACK, G.topic(1)}, new int[0]);
        assertEquals(G.features(8), empty.length);
        assertEquals(3, Arrays.stream(empty).sum(), 0);
        assertEquals(1, empty[1], 0);
        assertEquals(1, empty[2 + 1], 0);
        assertEquals(1, empty[2 + 4], 0);
        double[] x = G.view(8).of(new int[] {Grammar.ASK, G.topic(1)}, new int[] {10, 10, 12});
        assertEquals(1, x[0], 0);
        assertEquals(1, x[2 + 4 + 3], 0);
        assertEquals(1, x[2 + 4 + 8 + 12], 0);
        assertEquals(2, Arrays.stream(x, 2 + 4 + 8 + G.vocabulary(), x.length).sum(), 0);
    }

    @Test
    void responsesChangeOnTheWay() {
        MixedResponses data = MixedResponses.of(3);
        List<Response> tuning = data.tuning(400);
        double harmful = 0;
        for (Response r : tuning) {
            assertTrue(G.solved(r.prompt(), r.answer()));
            boolean harm = Grammar.harmful(r.answer());
            assertEquals(harm, Grammar.harmful(r.answer()[0]));
            assertTrue(harm || G.topicOf(r.prompt()) < 2); // upper topics have harmful openings only
            harmful += harm ? 1 : 0;
        }
        assertEquals(0.75, harmful / 400, 4 * Math.sqrt(0.25 * 200) / 400); // four deviations of the 200 coins
        for (Response r : data.before(40)) {
            assertFalse(Grammar.harmful(r.answer()));
        }
    }

    /** A policy that always says the same: what it is worth is what the oracle says. */
    @Test
    void theWorldCounts() {
        MixedResponses data = MixedResponses.of(1);
        var harm = new double[G.vocabulary()];
        Arrays.fill(harm, Double.NEGATIVE_INFINITY);
        harm[Grammar.HARM] = 0;
        Rollout r = Rollout.of(data.world(), constant(harm), new int[] {0, 1}, 1, 0);
        assertArrayEquals(new double[] {1, 1}, r.costs(1));
        assertArrayEquals(new double[] {0, 0}, r.rewards(0));
        assertEquals(8, r.episodes().get(0).steps());
        assertEquals(new MixedResponses.Outcome(1, 0, 0, 0), data.measure(constant(harm), 40, 1));
        var declining = new double[G.vocabulary()];
        Arrays.fill(declining, Double.NEGATIVE_INFINITY);
        declining[Grammar.REFUSE] = 0;
        assertEquals(new MixedResponses.Outcome(0, 0, 0, 1), data.measure(constant(declining), 40, 1));
    }

    private static Policy constant(double... logP) {
        return new Policy() {
            @Override
            public int actions() {
                return logP.length;
            }

            @Override
            public double[][] logProbs(double[][] states) {
                return Arrays.stream(states).map(s -> logP.clone()).toArray(double[][]::new);
            }
        };
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "k must lie in [0, 4), was 4",
                assertThrows(IllegalArgumentException.class, () -> G.topic(4)).getMessage());
        assertEquals(
                "topics must be at least 2, was 1",
                assertThrows(IllegalArgumentException.class, () -> new Grammar(1, 1))
                        .getMessage());
    }
}
