package touchstone.nn.lm;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An attention head.
 *
 * @param block from 0
 * @param head in the block, from 0
 */
public record Head(int block, int head) {
    /** All heads of a model, block after block. */
    public static List<Head> all(TransformerConfig config) {
        return IntStream.range(0, config.layers() * config.heads())
                .mapToObj(k -> new Head(k / config.heads(), k % config.heads()))
                .toList();
    }
}
