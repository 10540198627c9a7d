package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Careful reading of JSON whose shape is not known. */
public final class Json {
    private static final Pattern PLACE = Pattern.compile("at line (\\d+)");

    private Json() {}

    /**
     * Parses strict JSON (no comments, no single quotes, nothing after the value).
     *
     * @throws NotebookException naming {@code what} and the line, if the text is not JSON
     */
    static JsonElement parse(String text, String what) throws NotebookException {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw NotebookException.usage(what + " is not valid JSON: something follows the closing bracket.");
            }
            return element;
        } catch (JsonParseException | IOException | StackOverflowError e) {
            throw NotebookException.usage(
                    what + " is not valid JSON" + place(e, text) + "; repair or restore the file.");
        }
    }

    private static String place(Throwable fault, String text) {
        String message = String.valueOf(fault.getMessage());
        Matcher place = PLACE.matcher(message);
        if (message.contains("End of input") || text.isBlank()) {
            return ": it ends too early, in line " + Math.max(1, text.lines().count());
        }
        return place.find() ? " in line " + place.group(1) : "";
    }

    /** The text at {@code key}, or the fallback when there is none. */
    public static String text(JsonObject object, String key, String fallback) {
        JsonElement value = object.get(key);
        return isText(value) ? value.getAsString() : fallback;
    }

    /** The object at {@code key}, or a fresh one that is not attached. */
    public static JsonObject object(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    }

    /** The object at {@code key}; attaches a fresh one when there is none. */
    static JsonObject ensureObject(JsonObject object, String key) {
        JsonObject value = object(object, key);
        object.add(key, value);
        return value;
    }

    /** The array at {@code key}, or a fresh one that is not attached. */
    static JsonArray array(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
    }

    /** A whole number at {@code key}, or the fallback. */
    static int integer(JsonObject object, String key, int fallback) {
        JsonElement value = object.get(key);
        try {
            return value == null || !isNumber(value) ? fallback : Integer.parseInt(value.getAsString());
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    /** True when {@code key} holds {@code true}. */
    static boolean flag(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isBoolean()
                && value.getAsBoolean();
    }

    /** True for a string, or an array of strings: nbformat's multi-line text. */
    static boolean isMultiline(JsonElement value) {
        if (value != null && value.isJsonArray()) {
            for (JsonElement line : value.getAsJsonArray()) {
                if (!isText(line)) {
                    return false;
                }
            }
            return true;
        }
        return isText(value);
    }

    /** Multi-line text as one string; any other element as its JSON. */
    public static String joined(JsonElement value) {
        if (!isMultiline(value)) {
            return value == null || value.isJsonNull() ? "" : value.toString();
        }
        if (value.isJsonPrimitive()) {
            return value.getAsString();
        }
        var text = new StringBuilder();
        value.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
        return text.toString();
    }

    static boolean isText(JsonElement value) {
        return value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isString();
    }

    static boolean isNumber(JsonElement value) {
        return value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isNumber();
    }
}
