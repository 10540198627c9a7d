package touchstone.kernel.display;

import com.google.gson.JsonObject;

/**
 * The request on whose behalf code runs. A thread inherits the origin of the thread that started it, so what a
 * background thread prints appears under the cell that started it, also after that cell has ended.
 */
public class Origin {
    /** Output that belongs to no request: printed before the first cell. */
    public static final Origin NONE = new Origin(new JsonObject(), false);

    private static final InheritableThreadLocal<Origin> CURRENT = new InheritableThreadLocal<>();
    private static volatile Origin latest = NONE;

    private final JsonObject header;
    private final boolean silent;

    /** @param silent whether nothing of this request may reach the front ends */
    public Origin(JsonObject header, boolean silent) {
        this.header = header;
        this.silent = silent;
    }

    /** The origin of this thread; for threads that no cell started, the cell that ran last. */
    public static Origin current() {
        Origin origin = CURRENT.get();
        return origin == null ? latest : origin;
    }

    /** Runs the rest of this thread on behalf of a request. */
    public final void enter() {
        CURRENT.set(this);
        latest = this;
    }

    public final JsonObject header() {
        return header;
    }

    public final boolean silent() {
        return silent;
    }

    /** The request itself, without what has been put between it and the front end. */
    public Origin request() {
        return this;
    }

    /** Keeps a message instead of having it sent; returns whether it did. */
    boolean keeps(String type, JsonObject content) {
        return false;
    }
}
