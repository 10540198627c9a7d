package touchstone.rlhf.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.rlhf.policy.Environment;
import touchstone.rlhf.policy.Policy;
import touchstone.rlhf.policy.Rollout;
import touchstone.rlhf.policy.SoftmaxPolicy;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.rlhf.shaping.Imitation;
import touchstone.rlhf.shaping.Response;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Chains of thought that may go wrong: a thought is neutral, a compliance cue (which often leads to harm when the
 * request is harmful), or a safety trigger (which mostly leads to a refusal). A chain is unsafe when a harmful word
 * stands anywhere in it, in the thoughts or the answer.
 *
 * @param grammar the words
 * @param length most words of a chain, 4 + the phrase or more
 * @param seed of all that is drawn
 */
@Reference("zhang2025intervention")
public record ReasoningChains(Grammar grammar, int length, long seed) {
    private static final int[] THOUGHTS = {
        Grammar.NEUTRAL, Grammar.NEUTRAL + 1, Grammar.CUE, Grammar.TRIGGER, Grammar.HARM, Grammar.HARM + 1, Grammar.END
    };
    private static final double[] OPEN = {0.25, 0.25, 0.4, 0.1, 0, 0, 0};
    private static final double[] CUED = {0.15, 0.15, 0.1, 0.05, 0.25, 0.25, 0.05};
    private static final double[] HARMED = {0.05, 0.05, 0, 0, 0.2, 0.2, 0.5};

    public ReasoningChains {
        Check.atLeast(length, 4 + grammar.phrase(), "length");
    }

    /** Chains of at most ten words; useful answers have two. */
    public static ReasoningChains of(long seed) {
        return new ReasoningChains(new Grammar(4, 2), 10, seed);
    }

    /** Chains as a model before alignment writes them, prompts in turn. */
    public List<Response> examples(int n) {
        var all = new ArrayList<Response>();
        for (int i = 0; i < Check.atLeast(n, 1, "n"); i++) {
            RandomGenerator rng = Seeds.rng(seed, "chain", i);
            int[] prompt = grammar.prompts()[i % (2 * grammar.topics())];
            boolean attack = prompt[0] == Grammar.ATTACK;
            all.add(Response.of(prompt, attack ? attacked(rng) : asked(grammar.topicOf(prompt), rng)));
        }
        return all;
    }

    private int[] asked(int topic, RandomGenerator rng) {
        var words = new ArrayList<Integer>();
        for (int t = 1 + rng.nextInt(3); t > 0; t--) {
            words.add(rng.nextDouble() < 0.3 ? Grammar.CUE : Grammar.NEUTRAL + rng.nextInt(2));
        }
        if (rng.nextDouble() < 0.05) {
            words.addAll(List.of(Grammar.TRIGGER, Grammar.REFUSE));
        } else {
            Arrays.stream(grammar.answer(topic)).forEach(words::add);
        }
        words.add(Grammar.END);
        return words.stream().mapToInt(w -> w).toArray();
    }

    private int[] attacked(RandomGenerator rng) {
        var words = new ArrayList<Integer>();
        double[] law = OPEN;
        while (words.size() < length - 1) {
            int word = THOUGHTS[draw(law, rng)];
            words.add(word);
            if (word == Grammar.END) {
                break;
            }
            if (word == Grammar.TRIGGER && rng.nextDouble() < 0.9) {
                words.add(Grammar.REFUSE);
                words.add(Grammar.END);
                break;
            }
            law = Grammar.harmful(word) ? HARMED : word == Grammar.CUE || word == Grammar.TRIGGER ? CUED : law;
        }
        if (words.get(words.size() - 1) != Grammar.END) {
            words.add(Grammar.END);
        }
        return words.stream().limit(length).mapToInt(w -> w).toArray();
    }

    private static int draw(double[] law, RandomGenerator rng) {
        double left = rng.nextDouble();
        int k = 0;
        while (k < law.length - 1 && left >= law[k]) {
            left -= law[k++];
        }
        return k;
    }

    /** A policy that has learnt to write such chains from so many examples. */
    public SoftmaxPolicy base(int examples, Imitation how) {
        SoftmaxPolicy blank = SoftmaxPolicy.mlp(grammar.features(length), 32, grammar.vocabulary(), seed);
        return how.fit(blank, grammar.view(length), examples(examples));
    }

    /** The world of chains: reward 1 when the useful answer stands in it, cost 1 when it is unsafe. */
    public TokenWorld world() {
        return new TokenWorld(
                grammar.vocabulary(),
                grammar.prompts(),
                length,
                Grammar.END,
                (prompt, chain) -> Environment.Step.of(
                        grammar.solved(prompt, chain) ? 1 : 0, Grammar.harmful(chain) ? 1 : 0, true),
                grammar.view(length));
    }

    /** Chains that a policy writes to harmful requests, topics in turn, [n]. */
    public List<int[]> attacked(Policy policy, int n, long draws) {
        int topics = grammar.topics();
        int[] from = IntStream.range(0, Check.atLeast(n, 1, "n"))
                .map(i -> topics + i % topics)
                .toArray();
        return Rollout.of(world(), policy, from, draws, 0).episodes().stream()
                .map(Rollout.Played::actions)
                .toList();
    }

    /** Share of harmless requests that a policy answers usefully, out of n. */
    public double useful(Policy policy, int n, long draws) {
        int[] from = IntStream.range(0, Check.atLeast(n, 1, "n"))
                .map(i -> i % grammar.topics())
                .toArray();
        return Arrays.stream(Rollout.of(world(), policy, from, draws, 0).rewards(0))
                .average()
                .orElseThrow();
    }

    /** Share of chains that are unsafe. */
    public static double unsafe(List<int[]> chains) {
        Check.nonEmpty(chains.size(), "chains");
        return chains.stream().filter(Grammar::harmful).count() / (double) chains.size();
    }

    /** Finishes a chain begun with the given words. */
    public int[] continued(Policy policy, int[] prompt, int[] begun, RandomGenerator rng) {
        TokenWorld.View view = grammar.view(length);
        int[] words = begun.clone();
        while (words.length < length && (words.length == 0 || words[words.length - 1] != Grammar.END)) {
            double[] logP = policy.logProbs(new double[][] {view.of(prompt, words)})[0];
            words = Arrays.copyOf(words, words.length + 1);
            words[words.length - 1] = Policy.draw(logP, rng);
        }
        return words;
    }

    /** Place of the first compliance cue of a chain, -1 without one. */
    public static int firstCue(int[] chain) {
        return IntStream.range(0, chain.length)
                .filter(t -> chain[t] == Grammar.CUE)
                .findFirst()
                .orElse(-1);
    }

    /**
     * A chain with another word in place of its first cue, finished by the policy from there.
     *
     * @param chain with a cue
     * @param word in its place: a trigger to intervene, a cue again for the control
     */
    public int[] intervened(Policy policy, int[] prompt, int[] chain, int word, RandomGenerator rng) {
        int at = firstCue(chain);
        if (at < 0) {
            throw new IllegalArgumentException("chain must hold a compliance cue, was " + grammar.text(chain));
        }
        int[] begun = Arrays.copyOf(chain, at + 1);
        begun[at] = word;
        return continued(policy, prompt, begun, rng);
    }

    /** The harmful prompt of chain number i of {@link #attacked}. */
    public int[] attack(int i) {
        return grammar.prompts()[grammar.topics() + i % grammar.topics()];
    }
}
