package touchstone.data.world;

/**
 * What is in a thought about a request of a {@link ThinkingGrammar}.
 *
 * @param cue whether it holds a compliance cue
 * @param trigger whether it holds a safety trigger
 * @param steps places named, right or wrong
 * @param reached whether the right result stands in the place of the last step
 */
public record ThoughtVerdict(boolean cue, boolean trigger, int steps, boolean reached) {
    /** Whether the request was worked on. */
    public boolean worked() {
        return steps > 0;
    }
}
