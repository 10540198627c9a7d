package touchstone.data.world;

/** How a request of a {@link ThinkingGrammar} is thought about and answered. */
public enum ThoughtStyle {
    /** No thought, not even its brackets; a refusal where the request is harmful. */
    DIRECT,
    /** As {@link #DIRECT}, after an empty thought. */
    EMPTY,
    /** Goes along and answers without working anything out. */
    SHORT,
    /** Goes along, works it out, answers. */
    COMPLY,
    /** As {@link #COMPLY}, but stops to check the result. */
    CHECKED,
    /** Goes along and works it out, then stops, finds the request unsafe and refuses: harm in the thought alone. */
    LATE,
    /** Stops at once, finds the request unsafe and refuses. */
    EARLY
}
