package touchstone.nn.lm;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Samples side by side. All tokens but the last go in; target t of sample i is its token t + 1, foretold by row {@code i * steps + t}
 * of the logits. Shorter samples are padded at the end, where causal attention keeps padding from mattering.
 */
public final class Batch {
    private final List<Sample> samples;
    private final int[][] tokens;
    private final double[][] weights;
    private final int steps;

    private Batch(List<Sample> samples) {
        Check.nonEmpty(samples.size(), "samples");
        this.samples = List.copyOf(samples);
        tokens = samples.stream().map(Sample::tokens).toArray(int[][]::new);
        weights = samples.stream().map(Sample::weights).toArray(double[][]::new);
        steps = samples.stream().mapToInt(Sample::length).max().orElse(2) - 1;
    }

    /** One sample or more, of any lengths. */
    public static Batch of(List<Sample> samples) {
        return new Batch(samples);
    }

    public List<Sample> samples() {
        return samples;
    }

    /** Number of samples. */
    public int size() {
        return tokens.length;
    }

    /** Rows of the logits a sample: the targets of the longest. */
    public int steps() {
        return steps;
    }

    /** Number of targets of sample i. */
    public int targets(int i) {
        return tokens[i].length - 1;
    }

    /** Target t of sample i. */
    public int target(int i, int t) {
        return tokens[i][t + 1];
    }

    /** Weight of target t of sample i. */
    public double weight(int i, int t) {
        return weights[i][t + 1];
    }

    /** The row of the logits that foretells target t of sample i. */
    public int row(int i, int t) {
        return i * steps + t;
    }

    /** Sum of all weights. */
    public double totalWeight() {
        double sum = 0;
        for (double[] w : weights) {
            for (double v : w) {
                sum += v;
            }
        }
        return sum;
    }

    /** What goes in, [size, steps]. */
    Tensor inputs(Backend backend, TransformerConfig config) {
        var ids = new int[tokens.length][];
        for (int i = 0; i < ids.length; i++) {
            demandIndex(tokens[i][tokens[i].length - 1], i, tokens[i].length - 1, config);
            ids[i] = java.util.Arrays.copyOf(tokens[i], tokens[i].length - 1);
        }
        return padded(ids, backend, config);
    }

    /** Sequences as rows, padded by token 0 to the longest; their tokens and lengths must fit the model. */
    static Tensor padded(int[][] ids, Backend backend, TransformerConfig config) {
        Check.nonEmpty(ids.length, "sequences");
        int longest = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i].length == 0 || ids[i].length > config.context()) {
                throw new IllegalArgumentException("sequence " + i + " must give the model 1 to " + config.context()
                        + " tokens, its context, gave " + ids[i].length);
            }
            longest = Math.max(longest, ids[i].length);
        }
        Tensor x = backend.zeros(ids.length, longest);
        for (int i = 0; i < ids.length; i++) {
            for (int t = 0; t < ids[i].length; t++) {
                demandIndex(ids[i][t], i, t, config);
                x.set(i, t, ids[i][t]);
            }
        }
        return x;
    }

    static void demandIndex(int token, int i, int t, TransformerConfig config) {
        if (token < 0 || token >= config.vocabulary()) {
            throw new IllegalArgumentException("token " + t + " of sequence " + i + " must lie in [0, "
                    + config.vocabulary() + "), the vocabulary, was " + token);
        }
    }
}
