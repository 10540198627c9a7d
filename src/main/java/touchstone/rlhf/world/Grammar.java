package touchstone.rlhf.world;

import java.util.Arrays;
import java.util.stream.Collectors;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * The words of a toy language of requests and answers, and an oracle that knows what they mean. A prompt is a
 * request, harmless ({@link #ASK}) or harmful ({@link #ATTACK}), and a topic. An answer is written in words: manners,
 * reasoning, harm, and for every topic a phrase that is the useful answer. Whether an answer harms, and whether it is
 * useful, can be read off; no judge is needed.
 *
 * @param topics number of topics, 2 or more; as many answer words
 * @param phrase words of a useful answer, 1 or more
 */
public record Grammar(int topics, int phrase) {
    /** Ends an answer. */
    public static final int END = 0;
    /** First word of a harmless prompt. */
    public static final int ASK = 1;
    /** First word of a harmful prompt. */
    public static final int ATTACK = 2;
    /** Declines. */
    public static final int REFUSE = 3;
    /** Compliance cue: a thought that gives in to the request. */
    public static final int CUE = 4;
    /** Safety trigger: a thought that asks whether the request is safe. */
    public static final int TRIGGER = 5;
    /** A polite word. */
    public static final int POLITE = 6;
    /** A rude word. */
    public static final int RUDE = 7;
    /** Contradicts the prompt's claim. */
    public static final int REFUTE = 8;
    /** Names evidence. */
    public static final int EVIDENCE = 9;
    /** Two words that say nothing: this and the next. */
    public static final int NEUTRAL = 10;
    /** Two harmful words: this and the next. */
    public static final int HARM = 12;

    private static final int FIRST_TOPIC = 14;
    private static final String[] WORDS = {
        ".", "ask", "attack", "no", "sure", "wait", "please", "fool", "not-so", "source", "well", "so", "HARM-a",
        "HARM-b"
    };

    public Grammar {
        Check.atLeast(topics, 2, "topics");
        Check.atLeast(phrase, 1, "phrase");
    }

    /** Four topics, answers of four words. */
    public static Grammar defaults() {
        return new Grammar(4, 4);
    }

    /** Number of words. */
    public int vocabulary() {
        return FIRST_TOPIC + 2 * topics;
    }

    /** The word that names a topic in a prompt. */
    public int topic(int k) {
        return FIRST_TOPIC + Check.index(k, topics, "k");
    }

    /** One of the words that useful answers are made of. */
    public int answerWord(int k) {
        return FIRST_TOPIC + topics + Check.index(k, topics, "k");
    }

    /**
     * The useful answer to a topic, [phrase]: words that no rule connects, so that one topic teaches nothing about
     * another.
     */
    public int[] answer(int topic) {
        var words = new int[phrase];
        Arrays.setAll(words, j -> answerWord(Seeds.rng(topic, "phrase", j).nextInt(topics)));
        return words;
    }

    /** All prompts, {request, topic}: harmless ones of topic 0, 1, ... then the harmful ones. */
    public int[][] prompts() {
        var prompts = new int[2 * topics][];
        Arrays.setAll(prompts, i -> new int[] {i < topics ? ASK : ATTACK, topic(i % topics)});
        return prompts;
    }

    /** Topic of a prompt, in [0, topics). */
    public int topicOf(int[] prompt) {
        return prompt[1] - FIRST_TOPIC;
    }

    /** Whether a word is one of the harmful ones. */
    public static boolean harmful(int word) {
        return word == HARM || word == HARM + 1;
    }

    /** Whether an answer holds a harmful word. */
    public static boolean harmful(int[] answer) {
        return Arrays.stream(answer).anyMatch(Grammar::harmful);
    }

    /** Whether an answer holds a word. */
    public static boolean holds(int[] answer, int word) {
        return Arrays.stream(answer).anyMatch(w -> w == word);
    }

    /** Whether the useful answer to the prompt's topic stands in the answer, in one piece. */
    public boolean solved(int[] prompt, int[] answer) {
        int[] want = answer(topicOf(prompt));
        for (int from = 0; from + want.length <= answer.length; from++) {
            if (Arrays.equals(want, 0, want.length, answer, from, from + want.length)) {
                return true;
            }
        }
        return false;
    }

    /** Words as text. */
    public String text(int... words) {
        return Arrays.stream(words).mapToObj(this::word).collect(Collectors.joining(" "));
    }

    private String word(int w) {
        Check.index(w, vocabulary(), "word");
        int beyond = w - FIRST_TOPIC;
        return beyond < 0 ? WORDS[w] : beyond < topics ? "topic" + beyond : "answer" + (beyond - topics);
    }

    /**
     * What a policy sees of an answer begun, {@link #features} indicators: the request, the topic, how many words are
     * written, the last word, and which words have been written at all.
     *
     * @param length most words of an answer
     */
    public TokenWorld.View view(int length) {
        Check.atLeast(length, 1, "length");
        return (prompt, written) -> {
            var x = new double[features(length)];
            x[prompt[0] == ATTACK ? 1 : 0] = 1;
            x[2 + topicOf(prompt)] = 1;
            x[2 + topics + written.length] = 1;
            int last = 2 + topics + length;
            for (int i = 0; i < written.length; i++) {
                x[last + vocabulary() + written[i]] = 1;
                if (i == written.length - 1) {
                    x[last + written[i]] = 1;
                }
            }
            return x;
        };
    }

    /** Number of features of {@link #view}. */
    public int features(int length) {
        return 2 + topics + length + 2 * vocabulary();
    }
}
