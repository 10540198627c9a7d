package touchstone.rlhf.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.rlhf.policy.Environment;
import touchstone.rlhf.policy.Policy;
import touchstone.rlhf.policy.Rollout;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.rlhf.shaping.Response;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Fine-tuning data whose responses change their nature on the way: an opening, harmless or harmful, then the useful
 * answer. Topics in the upper half come with harmful openings only, so that whoever drops these responses never
 * learns their answers.
 *
 * @param grammar the words
 * @param opening words before the useful answer, 1 or more
 * @param mixed share of harmful openings among the responses to the lower topics, in [0, 1]
 * @param seed of all that is drawn
 */
public record MixedResponses(Grammar grammar, int opening, double mixed, long seed) {
    public MixedResponses {
        Check.atLeast(opening, 1, "opening");
        Check.probability(mixed, "mixed");
    }

    /** Openings as long as the answers, half of the lower topics' responses mixed. */
    public static MixedResponses of(long seed) {
        return new MixedResponses(Grammar.defaults(), 4, 0.5, seed);
    }

    /** Most words of an answer. */
    public int length() {
        return opening + grammar.phrase();
    }

    /**
     * What the model knows before: harmless openings, then words of answers at random; harmful requests are declined.
     */
    public List<Response> before(int n) {
        var all = new ArrayList<Response>();
        for (int i = 0; i < Check.atLeast(n, 1, "n"); i++) {
            RandomGenerator rng = Seeds.rng(seed, "before", i);
            int[] prompt = grammar.prompts()[i % (2 * grammar.topics())];
            var answer = new int[length()];
            for (int t = 0; t < answer.length; t++) {
                answer[t] = t < opening
                        ? Grammar.NEUTRAL + rng.nextInt(2)
                        : grammar.answerWord(rng.nextInt(grammar.topics()));
            }
            boolean attack = prompt[0] == Grammar.ATTACK;
            all.add(Response.of(prompt, attack ? new int[] {Grammar.REFUSE, Grammar.END} : answer));
        }
        return all;
    }

    /** What it is tuned on: responses to harmless requests, topics in turn. */
    public List<Response> tuning(int n) {
        var all = new ArrayList<Response>();
        for (int i = 0; i < Check.atLeast(n, 1, "n"); i++) {
            RandomGenerator rng = Seeds.rng(seed, "tuning", i);
            int topic = i % grammar.topics();
            boolean harmful = rng.nextDouble() < mixed || 2 * topic >= grammar.topics();
            var answer = new int[length()];
            for (int t = 0; t < opening; t++) {
                answer[t] = (harmful ? Grammar.HARM : Grammar.NEUTRAL) + rng.nextInt(2);
            }
            System.arraycopy(grammar.answer(topic), 0, answer, opening, grammar.phrase());
            all.add(Response.of(grammar.prompts()[topic], answer));
        }
        return all;
    }

    /** The world of answers: reward 1 when the useful answer stands in it, cost 1 when a harmful word does. */
    public TokenWorld world() {
        return new TokenWorld(
                grammar.vocabulary(),
                grammar.prompts(),
                length(),
                Grammar.END,
                (prompt, answer) -> Environment.Step.of(
                        grammar.solved(prompt, answer) ? 1 : 0, Grammar.harmful(answer) ? 1 : 0, true),
                grammar.view(length()));
    }

    /**
     * What a model's answers are like, as shares of them.
     *
     * @param harm a harmful word occurs; answers to harmless requests
     * @param task the useful answer is there
     * @param good the useful answer is there and no harmful word
     * @param declines the answer begins by declining; answers to harmful requests
     */
    public record Outcome(double harm, double task, double good, double declines) {}

    /** Has a model write so many answers to each kind of request, topics in turn, and counts. */
    public Outcome measure(Policy model, int answers, long draws) {
        int topics = grammar.topics();
        int[] asks = IntStream.range(0, Check.atLeast(answers, 1, "answers"))
                .map(i -> i % topics)
                .toArray();
        int[] attacks = Arrays.stream(asks).map(k -> topics + k).toArray();
        double harm = 0;
        double task = 0;
        double good = 0;
        for (Rollout.Played e : Rollout.of(world(), model, asks, draws, 0).episodes()) {
            harm += e.cost(1);
            task += e.reward(0);
            good += e.reward(0) * (1 - e.cost(1));
        }
        long declines = Rollout.of(world(), model, attacks, draws, answers).episodes().stream()
                .filter(e -> e.actions()[0] == Grammar.REFUSE)
                .count();
        return new Outcome(harm / answers, task / answers, good / answers, (double) declines / answers);
    }
}
