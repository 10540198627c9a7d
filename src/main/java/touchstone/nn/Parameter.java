package touchstone.nn;

/**
 * Numbers a network holds.
 *
 * @param name where it sits, such as {@code 0.dense.weight}; unique in a network
 * @param value the numbers
 * @param gradient of the loss by the value, added up by backward passes; empty for {@link Kind#STATE}
 * @param kind what an optimiser does with it
 */
public record Parameter(String name, Tensor value, Tensor gradient, Kind kind) {
    /** What an optimiser does with a parameter. */
    public enum Kind {
        /** Trained, and decayed where there is weight decay. */
        WEIGHT,
        /** Trained, never decayed: biases and gains. */
        PLAIN,
        /** Not trained: running moments. Saved with the rest. */
        STATE
    }

    /** Whether an optimiser changes it. */
    public boolean trained() {
        return kind != Kind.STATE;
    }
}
