package touchstone.rlhf.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.policy.KlPenalty;
import touchstone.rlhf.policy.PolicyDescent;
import touchstone.rlhf.policy.PolicyTraining;
import touchstone.rlhf.policy.Rloo;
import touchstone.rlhf.policy.SoftmaxPolicy;
import touchstone.rlhf.shaping.Imitation;
import touchstone.rlhf.shaping.Response;

class CounterRepliesTest {
    private static final CounterReplies WORLD = CounterReplies.of(4);
    private static final Grammar G = WORLD.grammar();

    @Test
    void theRulesReadReplies() {
        int[] prompt = G.prompts()[1];
        int[] good = {Grammar.POLITE, Grammar.REFUTE, G.answerWord(1), Grammar.EVIDENCE, Grammar.END};
        assertArrayEquals(new double[] {1, 1, 1, 1}, WORLD.rewards(prompt, good));
        assertArrayEquals(new double[] {1, 1, 1, 0}, WORLD.rewards(G.prompts()[2], good));
        int[] two = {Grammar.POLITE, Grammar.RUDE, Grammar.NEUTRAL, Grammar.END};
        assertArrayEquals(
                new double[] {0, 0, 0, 0}, WORLD.rewards(prompt, two)); // politeness does not survive an insult
    }

    /** The corpus has its rates: 0.35, 0.45, 0.35 and 0.5 + 0.5 / 4. */
    @Test
    void theCorpusIsAsInTheWild() {
        var rates = new double[4];
        List<Response> corpus = WORLD.corpus(4000);
        for (Response r : corpus) {
            assertEquals(Grammar.END, r.answer()[r.answer().length - 1]);
            for (int k = 0; k < 4; k++) {
                rates[k] += WORLD.rewards(r.prompt(), r.answer())[k] / 4000;
            }
        }
        assertArrayEquals(new double[] {0.35, 0.45, 0.35, 0.625}, rates, 4 * 0.5 / Math.sqrt(4000)); // four errors
    }

    /**
     * The base has learnt the corpus, so its perplexity on its own replies is about e to the corpus' entropy a word.
     */
    @Test
    void theBaseIsFluent() {
        SoftmaxPolicy base = WORLD.base(800, Imitation.defaults().withSteps(120));
        CounterReplies.Quality q = WORLD.measure(base, base, 2000, 1);
        double manner = -0.35 * 2 * Math.log(0.35) - 0.3 * Math.log(0.15);
        double refute = -0.45 * Math.log(0.45) - 0.55 * Math.log(0.275);
        double about = -0.625 * Math.log(0.625) - 0.375 * Math.log(0.125);
        double evidence = -0.35 * Math.log(0.35) - 0.65 * Math.log(0.325);
        double fillers = Math.log(3) + Math.log(2); // how many, and on average one of two words
        double words = 4 + 1 + 1;
        double entropy = (manner + refute + about + evidence + fillers) / words;
        assertEquals(Math.exp(entropy), q.perplexity(), 0.1 * Math.exp(entropy)); // a network of 800 replies: a tenth
        assertEquals(0.35, q.rates().get(0), 0.08);
    }

    /** Learning raises what is rewarded. */
    @Test
    void trainingRaisesTheRewards() {
        SoftmaxPolicy base = WORLD.base(200, Imitation.defaults().withSteps(60));
        SoftmaxPolicy tuned = PolicyTraining.of(Rloo.defaults())
                .withDescent(PolicyDescent.Options.adam(0.01))
                .withKl(KlPenalty.inReward(0.1))
                .withIterations(15)
                .withPrompts(16)
                .fit(WORLD.world(), base)
                .policy();
        double before = WORLD.measure(base, base, 500, 1).rates().stream()
                .mapToDouble(r -> r)
                .sum();
        double after = WORLD.measure(tuned, base, 500, 1).rates().stream()
                .mapToDouble(r -> r)
                .sum();
        assertTrue(after > before + 0.5, before + " to " + after);
    }
}
