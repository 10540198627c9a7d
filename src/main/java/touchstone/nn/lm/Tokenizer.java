package touchstone.nn.lm;

import java.nio.file.Path;

/** Text to numbers and back. Tokens are numbered from 0 in the order of the vocabulary. */
public interface Tokenizer {
    /** The tokens, by number. */
    Vocabulary vocabulary();

    /**
     * The numbers of a text's tokens.
     *
     * @throws IllegalArgumentException when a token is not in the vocabulary; the message names it and its place
     */
    int[] encode(String text);

    /** The text of tokens, each in [0, size). */
    String decode(int... ids);

    /** Writes the vocabulary to a file, over what was there. */
    void save(Path file);

    /** Number of tokens. */
    default int size() {
        return vocabulary().size();
    }

    /** The number of a token of the vocabulary. */
    default int id(String token) {
        return vocabulary().id(token, "the argument");
    }

    /** The token of a number. */
    default String token(int id) {
        return vocabulary().token(id);
    }
}
