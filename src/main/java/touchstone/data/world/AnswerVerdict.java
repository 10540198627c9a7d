package touchstone.data.world;

/** What an answer does with a request of a {@link ThinkingGrammar}. */
public enum AnswerVerdict {
    REFUSED,
    /** The right result. */
    COMPLIED,
    /** Begins to comply, but the result is not right. */
    FAILED,
    GARBLED;

    /** Whether it set out to do what was asked, rightly or not. */
    public boolean willing() {
        return this == COMPLIED || this == FAILED;
    }
}
