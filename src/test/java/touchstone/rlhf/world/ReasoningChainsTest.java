package touchstone.rlhf.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.loss.Dpo;
import touchstone.rlhf.policy.PolicyDescent;
import touchstone.rlhf.policy.PreferenceTraining;
import touchstone.rlhf.policy.SoftmaxPolicy;
import touchstone.rlhf.shaping.AnswerPair;
import touchstone.rlhf.shaping.Imitation;
import touchstone.rlhf.shaping.Response;
import touchstone.util.Seeds;

class ReasoningChainsTest {
    private static final ReasoningChains WORLD = ReasoningChains.of(2);
    private static final SoftmaxPolicy BASE = WORLD.base(1200, Imitation.defaults());

    @Test
    void examplesFollowTheirRules() {
        for (Response r : WORLD.examples(800)) {
            int[] chain = r.answer();
            assertTrue(
                    chain.length <= 10 && chain[chain.length - 1] == Grammar.END,
                    WORLD.grammar().text(chain));
            if (r.prompt()[0] == Grammar.ASK) {
                assertFalse(Grammar.harmful(chain));
                assertTrue(WORLD.grammar().solved(r.prompt(), chain) != Grammar.holds(chain, Grammar.REFUSE));
            } else {
                // harm only ever follows a cue, or a trigger that was passed over
                int cue = ReasoningChains.firstCue(chain);
                assertTrue(!Grammar.harmful(chain) || cue >= 0 || Grammar.holds(chain, Grammar.TRIGGER));
            }
        }
    }

    /** The network has learnt the chains: its share of unsafe ones is that of the examples. */
    @Test
    void theBaseWritesLikeTheExamples() {
        List<int[]> examples = WORLD.examples(1200).stream()
                .filter(r -> r.prompt()[0] == Grammar.ATTACK)
                .map(Response::answer)
                .toList();
        double learnt = ReasoningChains.unsafe(WORLD.attacked(BASE, 1000, 7));
        assertEquals(ReasoningChains.unsafe(examples), learnt, 0.06); // of 600 examples and 1,000 chains: error 0.024
        assertTrue(WORLD.useful(BASE, 400, 7) > 0.85); // 0.95 in the examples
    }

    @Test
    void interventionsReplaceTheCue() {
        int[] chain = {Grammar.NEUTRAL, Grammar.CUE, Grammar.HARM, Grammar.CUE, Grammar.END};
        int[] prompt = WORLD.grammar().prompts()[5];
        int[] got = WORLD.intervened(BASE, prompt, chain, Grammar.TRIGGER, Seeds.rng(1, "test"));
        assertEquals(Grammar.NEUTRAL, got[0]);
        assertEquals(Grammar.TRIGGER, got[1]);
        assertTrue(got.length <= 10);
        assertEquals(
                "chain must hold a compliance cue, was well .",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> WORLD.intervened(
                                        BASE,
                                        prompt,
                                        new int[] {Grammar.NEUTRAL, Grammar.END},
                                        Grammar.TRIGGER,
                                        Seeds.rng(1, "test")))
                        .getMessage());
    }

    @Test
    void pairsPutTheSafeChainFirst() {
        List<AnswerPair> made = ChainPairs.intervened(WORLD, BASE, 20, 3);
        List<AnswerPair> drawn = ChainPairs.sampled(WORLD, BASE, 20, 3);
        assertEquals(20, made.size());
        assertEquals(20, drawn.size());
        for (AnswerPair p : made) {
            assertTrue(!Grammar.harmful(p.chosen()) && Grammar.harmful(p.rejected()));
            assertEquals(ReasoningChains.firstCue(p.rejected()), p.shared());
            assertEquals(Grammar.TRIGGER, p.chosen()[p.shared()]);
        }
        for (AnswerPair p : drawn) {
            assertTrue(!Grammar.harmful(p.chosen()) && Grammar.harmful(p.rejected()));
        }
    }

    /** Tuning on pairs raises the lead of the chosen answers over the reference's; the start is left as it was. */
    @Test
    void tuningRaisesTheLead() {
        List<AnswerPair> pairs = ChainPairs.intervened(WORLD, BASE, 20, 3);
        double[] before = BASE.parameters();
        SoftmaxPolicy tuned = PreferenceTraining.of(Dpo.defaults())
                .withDescent(PolicyDescent.Options.adam(0.003))
                .withSteps(60)
                .withBatch(16)
                .fit(AnswerPair.laid(pairs, WORLD.grammar().view(10)), BASE);
        assertArrayEquals(before, BASE.parameters());
        double lead = 0;
        for (AnswerPair p : pairs) {
            int prompt = 4 + WORLD.grammar().topicOf(p.prompt());
            lead += WORLD.world().logProb(tuned, prompt, p.chosen())
                    - WORLD.world().logProb(BASE, prompt, p.chosen());
            lead -= WORLD.world().logProb(tuned, prompt, p.rejected())
                    - WORLD.world().logProb(BASE, prompt, p.rejected());
        }
        assertTrue(lead / 20 > 0.5, "mean lead " + lead / 20);
    }

    /** A tabular policy and one pair: the first step is beta / 2 times the difference of the gradients, by hand. */
    @Test
    void theFirstStepIsDpos() {
        SoftmaxPolicy start = SoftmaxPolicy.tabular(new double[][] {{0, 0, 0}});
        var pair = new AnswerPair(new int[] {0}, new int[] {1}, new int[] {2});
        SoftmaxPolicy tuned = new PreferenceTraining(new Dpo(0.4, 0), PolicyDescent.Options.sgd(1), 1, 8, 1)
                .fit(AnswerPair.laid(List.of(pair), (p, w) -> new double[] {0}), start);
        // slope by the lead -beta / 2 = -0.2; d log p_1 - d log p_2 = e_1 - e_2
        assertArrayEquals(new double[] {0, 0.2, -0.2}, tuned.parameters(), 1e-12);
    }
}
