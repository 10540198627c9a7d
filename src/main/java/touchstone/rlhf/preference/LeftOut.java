package touchstone.rlhf.preference;

/**
 * A line that gave no pair, or a pair that says nothing.
 *
 * @param line its number from 1: of a file's line, of a table's row or of an item of a list
 * @param reason the kind of trouble
 * @param detail what is wrong, as part of a sentence
 */
public record LeftOut(int line, Reason reason, String detail) {
    /** The kinds of trouble, in the order in which they are looked for. */
    public enum Reason {
        /** Bytes that are not UTF-8, or half a surrogate pair in a text. */
        ENCODING("in a broken encoding"),
        /** No JSON object, or a field that is missing or of another type. */
        BROKEN("broken"),
        /** An answer that is nothing but space. */
        EMPTY_SIDE("with an empty side"),
        /** Both answers the same text. */
        TIE("with identical sides"),
        /** An equal pair came before. */
        DUPLICATE("duplicate");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** The kind in words that follow a count. */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return "line " + line + ": " + detail;
    }
}
