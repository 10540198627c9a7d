package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Continues prompts. Prompt i draws from a stream of its own, named by the seed and i, one number a token.
 *
 * @param tokens most tokens to add, 1 or more
 * @param temperature by which logits are divided, above 0
 * @param topK of how many most probable tokens to draw, ties to the smaller number; 1 is greedy, 0 for all
 * @param stop token after which a continuation ends; -1 for none
 * @param seed of the draws
 */
public record Sampler(int tokens, double temperature, int topK, int stop, long seed) {
    public Sampler {
        Check.atLeast(tokens, 1, "tokens");
        Check.positive(temperature, "temperature");
        Check.atLeast(topK, 0, "topK");
        Check.atLeast(stop, -1, "stop");
    }

    /** Draws up to so many tokens from the model's own probabilities, seed 1. */
    public static Sampler of(int tokens) {
        return new Sampler(tokens, 1, 0, -1, 1);
    }

    /** Takes the most probable token each time. */
    public static Sampler greedy(int tokens) {
        return new Sampler(tokens, 1, 1, -1, 1);
    }

    public Sampler withTemperature(double t) {
        return new Sampler(tokens, t, topK, stop, seed);
    }

    public Sampler withTopK(int k) {
        return new Sampler(tokens, temperature, k, stop, seed);
    }

    public Sampler withStop(int token) {
        return new Sampler(tokens, temperature, topK, token, seed);
    }

    public Sampler withSeed(long s) {
        return new Sampler(tokens, temperature, topK, stop, s);
    }

    /**
     * The continuations, without the prompts, each up to and with the stop token.
     *
     * @param prompts of one token or more each
     * @throws IllegalArgumentException when a prompt and the tokens to add do not fit the context
     */
    public List<int[]> generate(LanguageModel model, List<int[]> prompts) {
        return generate(model, prompts, Forcing.none());
    }

    /** As {@link #generate(LanguageModel, List)}, with tokens forced; the draws are made all the same, so that streams keep step. */
    public List<int[]> generate(LanguageModel model, List<int[]> prompts, Forcing forcing) {
        Check.nonEmpty(prompts.size(), "prompts");
        int longest = 0;
        for (int i = 0; i < prompts.size(); i++) {
            Check.nonEmpty(prompts.get(i).length, "prompts[" + i + "]");
            int needed = prompts.get(i).length + tokens - 1; // the last token added is never read
            if (needed > model.config().context()) {
                throw new IllegalArgumentException("prompts[" + i + "] of " + prompts.get(i).length + " tokens and "
                        + tokens + " more need a context of " + needed + ", the model has "
                        + model.config().context());
            }
            longest = Math.max(longest, needed);
        }
        return run(Decoding.of(model, prompts.size()), prompts, longest, forcing);
    }

    /** The continuation of one prompt. */
    public int[] generate(LanguageModel model, int... prompt) {
        return generate(model, List.of(prompt)).get(0);
    }

    private List<int[]> run(Decoding decoding, List<int[]> prompts, int longest, Forcing forcing) {
        var growing = prompts.stream().map(p -> new Growing(p, this)).toList();
        var random = new ArrayList<RandomGenerator>();
        for (int i = 0; i < prompts.size(); i++) {
            random.add(Seeds.rng(seed, "sample", i));
        }
        for (int t = 0; t < longest && growing.stream().anyMatch(g -> !g.done); t++) {
            int at = t;
            double[][] logits =
                    decoding.next(growing.stream().mapToInt(g -> g.token(at)).toArray());
            for (int i = 0; i < logits.length; i++) {
                if (growing.get(i).wantsAfter(t)) {
                    Growing g = growing.get(i);
                    g.take(forcing.take(i, g.added(), draw(logits[i], random.get(i))), this);
                }
            }
        }
        return growing.stream().map(Growing::added).toList();
    }

    /** A token drawn from logits, [vocabulary]. */
    int draw(double[] logits, RandomGenerator rng) {
        int[] order = IntStream.range(0, logits.length).toArray();
        int count = logits.length;
        if (topK > 0 && topK < logits.length) {
            order = IntStream.range(0, logits.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(logits[b], logits[a]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            count = topK;
        }
        int[] kept = order;
        double[] p = KeyValues.softmax(Arrays.stream(kept, 0, count)
                .mapToDouble(j -> logits[j] / temperature)
                .toArray());
        double u = rng.nextDouble();
        int last = 0;
        for (int j = 0; j < count; j++) {
            if (p[j] > 0) {
                last = j;
                u -= p[j];
                if (u < 0) {
                    break;
                }
            }
        }
        return kept[last];
    }

    /** A prompt with what was added. */
    private static final class Growing {
        private final int[] all;
        private final int start;
        private int length;
        private boolean done;

        Growing(int[] prompt, Sampler options) {
            all = Arrays.copyOf(prompt, prompt.length + options.tokens);
            start = prompt.length;
            length = start;
        }

        /** Token t, or token 0 after the end. */
        int token(int t) {
            return t < length ? all[t] : 0;
        }

        boolean wantsAfter(int t) {
            return !done && t == length - 1;
        }

        void take(int token, Sampler options) {
            all[length++] = token;
            done = token == options.stop || length == all.length;
        }

        int[] added() {
            return Arrays.copyOfRange(all, start, length);
        }
    }
}
