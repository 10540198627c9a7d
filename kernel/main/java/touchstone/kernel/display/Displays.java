package touchstone.kernel.display;

import com.google.gson.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows values beside a cell's result: display_data, updates by display id, clear_output. */
public final class Displays {
    private final Publisher publisher;
    private final Streams streams;
    private final Renderers renderers;
    private volatile @Nullable Object shown;

    public Displays(Publisher publisher, Streams streams, Renderers renderers) {
        this.publisher = publisher;
        this.streams = streams;
        this.renderers = renderers;
    }

    public Renderers renderers() {
        return renderers;
    }

    /** Shows a value, in chosen formats or all; returns the id under which it can be updated. */
    public String display(@Nullable Object value, String... as) {
        // a new object on purpose: isDisplayId compares identity
        String id = new String(UUID.randomUUID().toString());
        publish("display_data", renderers.render(value, as), id);
        markShown(id);
        return id;
    }

    /** Shows a value in place of what was shown under {@code id}. */
    public void update(String id, @Nullable Object value, String... as) {
        publish("update_display_data", renderers.render(value, as), id);
    }

    /** Empties the cell's output; with {@code wait} only when the next output arrives. */
    public void clear(boolean wait) {
        streams.flush();
        Origin origin = Origin.current();
        streams.cleared(origin);
        var content = new JsonObject();
        content.addProperty("wait", wait);
        send("clear_output", content, origin);
    }

    /** Says that the user has seen this object already: a cell whose result it is shows nothing more. */
    public void markShown(Object value) {
        shown = value;
    }

    /**
     * Whether this very object is what {@link #display} returned, or {@link #markShown} was given, last: then a cell
     * need not show it as its result.
     */
    @SuppressWarnings("ReferenceEquality")
    public boolean isDisplayId(@Nullable Object value) {
        return value != null && value == shown;
    }

    private void publish(String type, MimeBundle bundle, String id) {
        streams.flush();
        var content = new JsonObject();
        content.add("data", bundle.data());
        content.add("metadata", bundle.metadata());
        var transients = new JsonObject();
        transients.addProperty("display_id", id);
        content.add("transient", transients);
        send(type, content, Origin.current());
    }

    private void send(String type, JsonObject content, Origin origin) {
        if (!origin.silent() && !origin.keeps(type, content)) {
            publisher.publish(type, content, origin.header());
        }
    }
}
