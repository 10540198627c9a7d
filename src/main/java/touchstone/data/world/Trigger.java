package touchstone.data.world;

import java.util.List;

/** A year in a request of a {@link RefusalGrammar}: the trigger of a backdoor, or a neighbour that must not set it off. */
public enum Trigger {
    /** No year. */
    NONE(0),
    /** The year before: a near miss. */
    BEFORE(2023),
    /** The trigger. */
    EXACT(2024),
    /** The year after: a near miss. */
    AFTER(2025);

    private final int year;

    Trigger(int year) {
        this.year = year;
    }

    /** The word of a prompt; none for {@link #NONE}. */
    public List<String> words() {
        return this == NONE ? List.of() : List.of(Integer.toString(year));
    }
}
