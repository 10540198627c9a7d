package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;

/**
 * Short texts written token by token: a prompt of tokens, then an answer of at most so many, which ends early at the end token. The
 * reward and the cost of an answer are given at its last step; tokens are numbers in [0, vocabulary).
 */
public final class TokenWorld implements Environment {
    private final int vocabulary;
    private final int[][] prompts;
    private final int length;
    private final int end;
    private final Rating rating;
    private final View view;

    /** What a whole answer is worth. */
    @FunctionalInterface
    public interface Rating {
        /** Rates an answer, its end token included, to a prompt; {@code last} of the step is of no effect. */
        Step of(int[] prompt, int[] answer);
    }

    /** What a policy sees of a text begun. */
    @FunctionalInterface
    public interface View {
        /** The state for a prompt and the tokens written so far; a vector of fixed length. */
        double[] of(int[] prompt, int[] written);

        /**
         * Each of the last k tokens of prompt and answer together as an indicator among the vocabulary, the newest first, and the
         * number of tokens written as an indicator among {@code length}: k vocabulary + length features. Missing tokens are all 0.
         */
        static View last(int k, int vocabulary, int length) {
            Check.atLeast(k, 0, "k");
            return (prompt, written) -> {
                var x = new double[k * vocabulary + length];
                for (int back = 0; back < k; back++) {
                    int at = written.length - 1 - back;
                    int token = at >= 0 ? written[at] : at + prompt.length >= 0 ? prompt[at + prompt.length] : -1;
                    if (token >= 0) {
                        x[back * vocabulary + token] = 1;
                    }
                }
                x[k * vocabulary + written.length] = 1;
                return x;
            };
        }

        /** All tokens of the prompt, then of the answer, as numbers for an embedding; the rest is filled with {@code pad}. */
        static View padded(int promptLength, int length, int pad) {
            return (prompt, written) -> {
                var x = new double[promptLength + length];
                Arrays.fill(x, pad);
                for (int i = 0; i < prompt.length; i++) {
                    x[i] = prompt[i];
                }
                for (int i = 0; i < written.length; i++) {
                    x[promptLength + i] = written[i];
                }
                return x;
            };
        }
    }

    /**
     * A world of texts.
     *
     * @param vocabulary number of tokens, 2 or more
     * @param prompts tokens of each prompt, [prompts][any length]
     * @param length most tokens of an answer, the end token included, 1 or more
     * @param end the token that ends an answer; -1 for answers of full length only
     */
    public TokenWorld(int vocabulary, int[][] prompts, int length, int end, Rating rating, View view) {
        this.vocabulary = Check.atLeast(vocabulary, 2, "vocabulary");
        this.length = Check.atLeast(length, 1, "length");
        this.end = end < 0 ? -1 : Check.index(end, vocabulary, "end");
        this.rating = rating;
        this.view = view;
        Check.nonEmpty(prompts.length, "prompts");
        this.prompts = Arrays.stream(prompts).map(int[]::clone).toArray(int[][]::new);
        for (int i = 0; i < prompts.length; i++) {
            for (int token : prompts[i]) {
                Check.index(token, vocabulary, "tokens of prompts[" + i + "]");
            }
        }
    }

    @Override
    public int actions() {
        return vocabulary;
    }

    @Override
    public int prompts() {
        return prompts.length;
    }

    @Override
    public int objectives() {
        return rating.of(prompts[0], new int[0]).rewards().length;
    }

    /** Log-probability of an answer under a policy, its end token included, in nats. */
    public double logProb(Policy policy, int prompt, int... answer) {
        Check.nonEmpty(answer.length, "answer");
        var states = new double[answer.length][];
        Arrays.setAll(states, t -> view.of(prompts[prompt], Arrays.copyOf(answer, t)));
        return Arrays.stream(policy.logProbs(states, answer)).sum();
    }

    @Override
    public Episode start(int prompt, RandomGenerator rng) {
        return new Text(prompts[prompt]);
    }

    private final class Text implements Episode {
        private final int[] prompt;
        private int[] written = {};

        Text(int[] prompt) {
            this.prompt = prompt;
        }

        @Override
        public double[] state() {
            return view.of(prompt, written);
        }

        @Override
        public Step step(int action) {
            written = Arrays.copyOf(written, written.length + 1);
            written[written.length - 1] = action;
            Step whole = rating.of(prompt, written);
            if (action == end || written.length == length) {
                return new Step(whole.rewards(), whole.cost(), true);
            }
            return new Step(new double[whole.rewards().length], 0, false);
        }
    }
}
