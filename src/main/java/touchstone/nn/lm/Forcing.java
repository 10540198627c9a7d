package touchstone.nn.lm;

/** Changes what a sampler draws, token by token. */
@FunctionalInterface
public interface Forcing {
    /**
     * The token to take.
     *
     * @param prompt number of the prompt
     * @param added what was added to it so far, [length]; a copy
     * @param drawn what the sampler drew
     */
    int take(int prompt, int[] added, int drawn);

    /** Takes what was drawn. */
    static Forcing none() {
        return (prompt, added, drawn) -> drawn;
    }
}
