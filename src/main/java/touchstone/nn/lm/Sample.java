package touchstone.nn.lm;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * A sequence of tokens with a weight for each: how much it counts that the token is foretold from those before it. The first is
 * never foretold, so its weight is 0.
 *
 * @param tokens two or more, [n]
 * @param weights each 0 or more, [n]; the first is 0
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; never compared
public record Sample(int[] tokens, double[] weights) {
    public Sample {
        Check.atLeast(tokens.length, 2, "length of tokens");
        Check.allAtLeast(tokens, 0, "tokens");
        Check.sameLength(weights.length, "weights", tokens.length, "tokens");
        for (int i = 0; i < weights.length; i++) {
            Check.notNegative(weights[i], "weights[" + i + "]");
        }
        if (weights[0] != 0) {
            throw new IllegalArgumentException(
                    "weights[0] must be 0, since nothing comes before the first token, was " + weights[0]);
        }
        tokens = tokens.clone();
        weights = weights.clone();
    }

    /** All tokens but the first count. */
    public static Sample of(int... tokens) {
        var weights = new double[tokens.length];
        Arrays.fill(weights, Math.min(1, tokens.length), tokens.length, 1);
        return new Sample(tokens, weights);
    }

    /** A prompt and its answer, of one token or more each; only the answer's tokens count. */
    public static Sample answer(int[] prompt, int... answer) {
        Check.nonEmpty(prompt.length, "prompt");
        Check.nonEmpty(answer.length, "answer");
        int[] all = Arrays.copyOf(prompt, prompt.length + answer.length);
        System.arraycopy(answer, 0, all, prompt.length, answer.length);
        var weights = new double[all.length];
        Arrays.fill(weights, prompt.length, all.length, 1);
        return new Sample(all, weights);
    }

    @Override
    public int[] tokens() {
        return tokens.clone();
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    /** Number of tokens. */
    public int length() {
        return tokens.length;
    }
}
