package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Sequences that grow by a token each at a time, side by side, with the keys and values of what came before kept: a step costs one
 * row a sequence instead of a whole pass. The logits are those of a whole pass up to rounding; hooks act as they do there.
 */
public final class Decoding {
    private final LanguageModel model;
    private final int sequences;
    private final List<KeyValues> caches = new ArrayList<>();
    private int position;

    private Decoding(LanguageModel model, int sequences) {
        this.model = model;
        this.sequences = Check.atLeast(sequences, 1, "sequences");
        Embedder embedder = model.decoder().embedder;
        TransformerConfig c = model.config();
        for (int l = 0; l < c.layers(); l++) {
            caches.add(new KeyValues(sequences, c.context() + embedder.prefixLength(), c.width()));
        }
        for (int i = 0; i < embedder.prefixLength(); i++) {
            model.decoder().step(embedder.prefixStep(sequences, i), i - embedder.prefixLength(), caches, model.hooks());
        }
    }

    /** Starts so many sequences, empty but for a soft prompt. */
    public static Decoding of(LanguageModel model, int sequences) {
        return new Decoding(model, sequences);
    }

    /** Tokens so far. */
    public int length() {
        return position;
    }

    /**
     * Appends a token to each sequence.
     *
     * @param tokens [sequences]
     * @return the logits of what follows, [sequences][vocabulary]
     * @throws IllegalArgumentException when the context is full
     */
    public double[][] next(int... tokens) {
        Check.sameLength(tokens.length, "tokens", sequences, "sequences");
        TransformerConfig c = model.config();
        if (position == c.context()) {
            throw new IllegalArgumentException("sequences must stay within the context of " + c.context()
                    + " tokens, which is full; start again with fewer");
        }
        Tensor ids = model.backend().zeros(sequences, 1);
        for (int i = 0; i < sequences; i++) {
            Batch.demandIndex(tokens[i], i, position, c);
            ids.set(i, 0, tokens[i]);
        }
        Decoder decoder = model.decoder();
        Tensor x = decoder.embedder.step(ids, position);
        double[][] logits = decoder.step(x, position, caches, model.hooks()).toMatrix();
        position++;
        return logits;
    }
}
