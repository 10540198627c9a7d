package touchstone.kernel.engine;

/** A throwable whose message tells the user all there is to know: a traceback shows where, but no cause and no frames. */
public interface Explained {
    /** What a traceback calls it. */
    default String label() {
        return getClass().getSimpleName();
    }
}
