package touchstone.nn.lm;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The shape of a decoder-only transformer: tokens and positions have trained tables; each block is
 * {@code x = x + attention(norm(x))}, {@code x = x + down(gelu(up(norm(x))))} with {@code up} to four times the width; a last norm and
 * a matrix give the logits. All matrices but a tied one have biases.
 *
 * <p>Follows the papers, with the norms before the layers; without dropout.
 *
 * @param vocabulary number of tokens, 2 or more
 * @param context most tokens a model sees at once, 1 to 128
 * @param width of the residual stream, a multiple of the heads, 4 to 128
 * @param layers blocks, 1 to 4
 * @param heads of each block, 1 or more
 * @param tied whether the logits use the table of the tokens, {@code z = h E^T}, instead of a matrix of their own
 */
@Reference({"vaswani2017attention", "radford2019language", "xiong2020layer"})
public record TransformerConfig(int vocabulary, int context, int width, int layers, int heads, boolean tied) {
    public TransformerConfig {
        Check.atLeast(vocabulary, 2, "vocabulary");
        range(context, 1, 128, "context");
        range(width, 4, 128, "width");
        range(layers, 1, 4, "layers");
        Check.atLeast(heads, 1, "heads");
        if (width % heads != 0) {
            throw new IllegalArgumentException("heads must divide the width, were " + heads + " of " + width);
        }
    }

    private static void range(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must lie in [" + least + ", " + most + "], was " + value);
        }
    }

    /** A context of 32, width 32, 2 layers of 4 heads, not tied: trained in seconds. */
    public static TransformerConfig of(int vocabulary) {
        return new TransformerConfig(vocabulary, 32, 32, 2, 4, false);
    }

    public TransformerConfig withContext(int tokens) {
        return new TransformerConfig(vocabulary, tokens, width, layers, heads, tied);
    }

    public TransformerConfig withWidth(int d) {
        return new TransformerConfig(vocabulary, context, d, layers, heads, tied);
    }

    public TransformerConfig withLayers(int count) {
        return new TransformerConfig(vocabulary, context, width, count, heads, tied);
    }

    public TransformerConfig withHeads(int count) {
        return new TransformerConfig(vocabulary, context, width, layers, count, tied);
    }

    public TransformerConfig withTied(boolean on) {
        return new TransformerConfig(vocabulary, context, width, layers, heads, on);
    }

    /** Columns of one head. */
    public int headWidth() {
        return width / heads;
    }
}
