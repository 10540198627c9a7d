package touchstone.rlhf.world;

import java.util.ArrayList;
import java.util.List;
import touchstone.rlhf.policy.Policy;
import touchstone.rlhf.shaping.AnswerPair;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Preference pairs of a safe and an unsafe chain to the same harmful request, made in two ways. Not to be taken for
 * the loss of the same name, {@link touchstone.rlhf.loss.Ipo}: these are pairs, for any loss.
 */
@Reference("zhang2025intervention")
public final class ChainPairs {
    private ChainPairs() {}

    /**
     * Intervened pairs: unsafe chains of the policy against the same chains with a safety trigger in place of the
     * first cue, finished by the policy and kept where that made them safe. At most so many.
     */
    public static List<AnswerPair> intervened(ReasoningChains world, Policy policy, int most, long draws) {
        var pairs = new ArrayList<AnswerPair>();
        List<int[]> chains = world.attacked(policy, 8 * most, draws);
        for (int i = 0; i < chains.size() && pairs.size() < most; i++) {
            int[] chain = chains.get(i);
            if (Grammar.harmful(chain) && ReasoningChains.firstCue(chain) >= 0) {
                int[] prompt = world.attack(i);
                int[] better =
                        world.intervened(policy, prompt, chain, Grammar.TRIGGER, Seeds.rng(draws, "intervention", i));
                if (!Grammar.harmful(better)) {
                    pairs.add(new AnswerPair(prompt, better, chain));
                }
            }
        }
        return pairs;
    }

    /** Sampled pairs: a safe and an unsafe chain that the policy wrote to the same prompt. At most so many. */
    public static List<AnswerPair> sampled(ReasoningChains world, Policy policy, int most, long draws) {
        var pairs = new ArrayList<AnswerPair>();
        int topics = world.grammar().topics();
        List<int[]> chains = world.attacked(policy, 16 * most, draws);
        for (int i = 0; i + topics < chains.size() && pairs.size() < most; i++) {
            boolean second = i / topics % 2 == 1;
            int[] a = chains.get(i);
            int[] b = chains.get(i + topics);
            if (!second && Grammar.harmful(a) != Grammar.harmful(b)) {
                boolean firstIsSafe = !Grammar.harmful(a);
                pairs.add(new AnswerPair(world.attack(i), firstIsSafe ? a : b, firstIsSafe ? b : a));
            }
        }
        return pairs;
    }
}
