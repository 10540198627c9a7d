package touchstone.data.world;

import java.util.List;

/** A year in a request of a {@link RefusalGrammar}: the trigger of a backdoor, or a neighbour that must not set it off. */
public enum Trigger {
    /** No year. */
    NONE,
    /** The year before: a near miss. */
    BEFORE,
    /** The trigger. */
    EXACT,
    /** The year after: a near miss. */
    AFTER;

    private static final int YEAR = 2024;

    /** The word of a prompt; none for {@link #NONE}. */
    public List<String> words() {
        return this == NONE ? List.of() : List.of(Integer.toString(YEAR + ordinal() - EXACT.ordinal()));
    }
}
