package touchstone.kernel.display;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Base64;

/**
 * One value in several formats, by MIME type, with metadata. Mutable while it is being built; not safe for sharing
 * between threads.
 */
public final class MimeBundle {
    public static final String TEXT = "text/plain";
    public static final String HTML = "text/html";
    public static final String MARKDOWN = "text/markdown";
    public static final String LATEX = "text/latex";
    public static final String SVG = "image/svg+xml";
    public static final String PNG = "image/png";
    public static final String JPEG = "image/jpeg";
    public static final String JSON = "application/json";
    public static final String JAVASCRIPT = "application/javascript";
    public static final String VEGA_LITE = "application/vnd.vegalite.v5+json";
    public static final String CLAIMS = "application/vnd.touchstone.claims+json";

    private final JsonObject data = new JsonObject();
    private final JsonObject metadata = new JsonObject();

    /** A bundle of plain text. */
    public static MimeBundle text(String text) {
        return new MimeBundle().put(TEXT, text);
    }

    /** Adds text in a format; replaces what was there. */
    public MimeBundle put(String mime, String text) {
        data.addProperty(mime, text);
        return this;
    }

    /** Adds binary data, base64 encoded as the protocol wants it. */
    public MimeBundle put(String mime, byte[] bytes) {
        data.addProperty(mime, Base64.getEncoder().encodeToString(bytes));
        return this;
    }

    /** Adds JSON data (for a {@code +json} type). */
    public MimeBundle put(String mime, JsonElement json) {
        data.add(mime, json);
        return this;
    }

    /** Adds metadata about one format, such as {@code {"width": 640}} for an image. */
    public MimeBundle putMetadata(String mime, JsonObject about) {
        metadata.add(mime, about);
        return this;
    }

    public boolean has(String mime) {
        return data.has(mime);
    }

    public MimeBundle remove(String mime) {
        data.remove(mime);
        metadata.remove(mime);
        return this;
    }

    /** The formats, as the {@code data} of a display_data message; live, not a copy. */
    public JsonObject data() {
        return data;
    }

    /** Metadata by format, as the {@code metadata} of a display_data message; live, not a copy. */
    public JsonObject metadata() {
        return metadata;
    }

    @Override
    public String toString() {
        return data.has(TEXT) ? data.get(TEXT).getAsString() : "MimeBundle" + data.keySet();
    }
}
