package touchstone.kernel.display;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

/** Values as JSON bundles. */
public final class Json {
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private Json() {}

    /** A text that holds JSON, or any value as Gson writes it. */
    public static MimeBundle bundle(@Nullable Object value) {
        JsonElement json = element(value);
        return new MimeBundle().put(MimeBundle.JSON, json).put(MimeBundle.TEXT, PRETTY.toJson(json));
    }

    private static JsonElement element(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof JsonElement json) {
            return json;
        }
        if (value instanceof CharSequence text) {
            return parse(text.toString(), "value");
        }
        try {
            return PRETTY.toJsonTree(value);
        } catch (JsonParseException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "value must be writable as JSON; a " + value.getClass().getName() + " is not: " + e.getMessage(),
                    e);
        }
    }

    /** Parses a text; a failure names the argument. */
    static JsonElement parse(String text, String argument) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException e) {
            String start = text.length() <= 40 ? text : text.substring(0, 40) + "…";
            throw new IllegalArgumentException(
                    argument + " must be JSON, was " + start + " ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")",
                    e);
        }
    }
}
