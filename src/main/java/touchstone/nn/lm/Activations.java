package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * What flowed through a model on some sequences, hooks included, copied out. Blocks and heads are numbered from 0; the residual
 * stream has layer 0 before the first block and layer l after l blocks. Attention being causal, a generated text and the same text
 * read at once have the same activations up to rounding, so to look into generation capture the finished sequence.
 */
public final class Activations {
    private final TransformerConfig config;
    private final int[] lengths;
    private final int prefix;
    private final int steps;
    private final List<double[]> stream = new ArrayList<>();
    private final List<double[]> heads = new ArrayList<>();
    private final List<double[]> projected = new ArrayList<>();

    private Activations(LanguageModel model, int[][] sequences) {
        config = model.config();
        Tensor ids = Batch.padded(sequences, model.backend(), config);
        Decoder decoder = model.decoder();
        decoder.residual(ids, model.hooks(), config.layers());
        lengths = Arrays.stream(sequences).mapToInt(s -> s.length).toArray();
        prefix = decoder.embedder.prefixLength();
        steps = prefix + ids.columns();
        decoder.stream().forEach(x -> stream.add(copy(x)));
        for (Block block : decoder.blocks) {
            heads.add(copy(block.attention.mixed()));
            projected.add(copy(block.attention.projected()));
        }
    }

    /** Reads sequences of 1 to context tokens each. */
    public static Activations of(LanguageModel model, List<int[]> sequences) {
        return new Activations(model, sequences.toArray(int[][]::new));
    }

    private static double[] copy(Tensor x) {
        var out = new double[x.size()];
        x.copyTo(out, 0);
        return out;
    }

    /** Number of sequences. */
    public int size() {
        return lengths.length;
    }

    private int row(int sequence, int position) {
        Check.index(sequence, lengths.length, "sequence");
        Check.index(position, lengths[sequence], "position");
        return sequence * steps + prefix + position;
    }

    /** The residual stream of a token after so many blocks, [d]. */
    public double[] residual(int layer, int sequence, int position) {
        Check.index(layer, stream.size(), "layer");
        int from = row(sequence, position) * config.width();
        return Arrays.copyOfRange(stream.get(layer), from, from + config.width());
    }

    /** The residual stream at the last token of each sequence, [n, d]. */
    public double[][] last(int layer) {
        var rows = new double[lengths.length][];
        Arrays.setAll(rows, i -> residual(layer, i, lengths[i] - 1));
        return rows;
    }

    /** Mean of {@link #last}, [d]. */
    public double[] meanLast(int layer) {
        var mean = new double[config.width()];
        for (double[] row : last(layer)) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j] / lengths.length;
            }
        }
        return mean;
    }

    /** The output of a head at a token, before the matrix that joins the heads, [d / heads]. */
    public double[] head(int block, int head, int sequence, int position) {
        int w = config.headWidth();
        int from = row(sequence, position) * config.width() + checkedHead(block, head) * w;
        return Arrays.copyOfRange(heads.get(block), from, from + w);
    }

    /** Mean output of a head over all tokens, [d / heads]; what mean ablation puts in its place. */
    public double[] meanHead(int block, int head) {
        var mean = new double[config.headWidth()];
        int count = Arrays.stream(lengths).sum();
        for (int i = 0; i < lengths.length; i++) {
            for (int t = 0; t < lengths[i]; t++) {
                double[] one = head(block, head, i, t);
                for (int j = 0; j < mean.length; j++) {
                    mean[j] += one[j] / count;
                }
            }
        }
        return mean;
    }

    /**
     * How a head attends in a sequence of n tokens, {@code softmax(q k / sqrt(d / heads))}: a row a query, a column a key, rows of a soft
     * prompt first; each row sums to 1 and is 0 beyond its own token. [n, prefix + n].
     */
    public double[][] attention(int block, int head, int sequence) {
        int offset = checkedHead(block, head) * config.headWidth();
        int n = lengths[Check.index(sequence, lengths.length, "sequence")];
        var out = new double[n][prefix + n];
        for (int q = 0; q < n; q++) {
            var scores = new double[prefix + q + 1];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = score(projected.get(block), row(sequence, q), sequence * steps + k, offset);
            }
            System.arraycopy(KeyValues.softmax(scores), 0, out[q], 0, scores.length);
        }
        return out;
    }

    private double score(double[] x, int query, int key, int offset) {
        int d = config.width();
        double sum = 0;
        for (int j = offset; j < offset + config.headWidth(); j++) {
            sum += x[query * 3 * d + j] * x[key * 3 * d + d + j];
        }
        return sum / Math.sqrt(config.headWidth());
    }

    private int checkedHead(int block, int head) {
        Check.index(block, config.layers(), "block");
        return Check.index(head, config.heads(), "head");
    }
}
