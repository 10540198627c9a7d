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
 * Replies to false claims, as people write them: often rude, often without evidence, beside the point or agreeing.
 * Four rules say what a good reply has: it is polite, refutes the claim, names evidence and is about the claim's
 * topic; each is a reward of 0 or 1.
 *
 * @param grammar the words; the answer words are what can be said about a topic, word k about topic k
 * @param length most words of a reply, 7 or more
 * @param seed of all that is drawn
 */
@Reference("he2023reinforcement")
public record CounterReplies(Grammar grammar, int length, long seed) {
    /** The rules in the order of the rewards. */
    public static final List<String> AXES = List.of("polite", "refutes", "evidence", "on topic");

    public CounterReplies {
        Check.atLeast(length, 7, "length");
    }

    /** Four topics, replies of at most eight words. */
    public static CounterReplies of(long seed) {
        return new CounterReplies(Grammar.defaults(), 8, seed);
    }

    /** Whether a reply follows each rule, 1 or 0: [4] in the order of {@link #AXES}. */
    public double[] rewards(int[] prompt, int[] reply) {
        boolean polite = Grammar.holds(reply, Grammar.POLITE) && !Grammar.holds(reply, Grammar.RUDE);
        return new double[] {
            polite ? 1 : 0,
            Grammar.holds(reply, Grammar.REFUTE) ? 1 : 0,
            Grammar.holds(reply, Grammar.EVIDENCE) ? 1 : 0,
            Grammar.holds(reply, grammar.answerWord(grammar.topicOf(prompt))) ? 1 : 0
        };
    }

    /** Replies in the wild: about a third polite, a third rude, a third with evidence, half of them on topic. */
    public List<Response> corpus(int n) {
        var all = new ArrayList<Response>();
        for (int i = 0; i < Check.atLeast(n, 1, "n"); i++) {
            RandomGenerator rng = Seeds.rng(seed, "reply", i);
            int topic = i % grammar.topics();
            var words = new ArrayList<Integer>();
            double manner = rng.nextDouble();
            words.add(manner < 0.35 ? Grammar.POLITE : manner < 0.7 ? Grammar.RUDE : filler(rng));
            words.add(rng.nextDouble() < 0.45 ? Grammar.REFUTE : filler(rng));
            int about = rng.nextDouble() < 0.5 ? topic : rng.nextInt(grammar.topics());
            words.add(grammar.answerWord(about));
            words.add(rng.nextDouble() < 0.35 ? Grammar.EVIDENCE : filler(rng));
            for (int k = rng.nextInt(3); k > 0; k--) {
                words.add(filler(rng));
            }
            words.add(Grammar.END);
            all.add(Response.of(
                    grammar.prompts()[topic], words.stream().mapToInt(w -> w).toArray()));
        }
        return all;
    }

    private static int filler(RandomGenerator rng) {
        return Grammar.NEUTRAL + rng.nextInt(2);
    }

    /** A policy that has learnt to write such replies from so many of them. */
    public SoftmaxPolicy base(int replies, Imitation how) {
        SoftmaxPolicy blank = SoftmaxPolicy.mlp(grammar.features(length), 32, grammar.vocabulary(), seed);
        return how.fit(blank, grammar.view(length), corpus(replies));
    }

    /** The world of replies, with four rewards and no cost; prompts are the harmless ones of the grammar. */
    public TokenWorld world() {
        return new TokenWorld(
                grammar.vocabulary(),
                Arrays.copyOf(grammar.prompts(), grammar.topics()),
                length,
                Grammar.END,
                (prompt, reply) -> new Environment.Step(rewards(prompt, reply), 0, true),
                grammar.view(length));
    }

    /**
     * What a policy's replies are like.
     *
     * @param rates share of replies that follow each rule, in the order of {@link #AXES}
     * @param perplexity of the replies under the reference, {@code exp(-mean log p of a word)}: fluency, lower is
     *     better
     */
    public record Quality(List<Double> rates, double perplexity) {
        public Quality {
            rates = List.copyOf(rates);
        }
    }

    /** Has a policy write n replies, topics in turn, and measures them. */
    public Quality measure(Policy policy, Policy reference, int n, long draws) {
        int[] from = IntStream.range(0, Check.atLeast(n, 1, "n"))
                .map(i -> i % grammar.topics())
                .toArray();
        Rollout replies = Rollout.of(world(), policy, from, draws, 0);
        List<Double> rates = new ArrayList<>();
        for (int k = 0; k < AXES.size(); k++) {
            rates.add(Arrays.stream(replies.rewards(k)).average().orElseThrow());
        }
        double logP = Arrays.stream(reference.logProbs(replies.states(), replies.actions()))
                .average()
                .orElseThrow();
        return new Quality(rates, Math.exp(-logP));
    }
}
