package touchstone.kernel.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Reads fields of a message's content, with defaults for what is absent and one error for what is ill typed. */
public final class Content {
    private Content() {}

    /** A text field that must be there. */
    public static String text(JsonObject content, String name) {
        JsonElement value = content.get(name);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isString()) {
            throw new IllegalArgumentException(name + " must be a text, was " + brief(value));
        }
        return value.getAsString();
    }

    public static String text(JsonObject content, String name, String fallback) {
        return absent(content, name) ? fallback : text(content, name);
    }

    public static boolean flag(JsonObject content, String name, boolean fallback) {
        if (absent(content, name)) {
            return fallback;
        }
        JsonElement value = content.get(name);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw new IllegalArgumentException(name + " must be true or false, was " + brief(value));
        }
        return value.getAsBoolean();
    }

    public static int number(JsonObject content, String name, int fallback) {
        if (absent(content, name)) {
            return fallback;
        }
        JsonElement value = content.get(name);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw new IllegalArgumentException(name + " must be a number, was " + brief(value));
        }
        return value.getAsInt();
    }

    public static JsonObject object(JsonObject content, String name) {
        if (absent(content, name)) {
            return new JsonObject();
        }
        JsonElement value = content.get(name);
        if (!value.isJsonObject()) {
            throw new IllegalArgumentException(name + " must be an object, was " + brief(value));
        }
        return value.getAsJsonObject();
    }

    /** An {@code ok} content to add to. */
    public static JsonObject ok() {
        var content = new JsonObject();
        content.addProperty("status", "ok");
        return content;
    }

    /** An {@code error} content. */
    public static JsonObject error(String name, String value, Iterable<String> traceback) {
        var content = new JsonObject();
        content.addProperty("status", "error");
        content.addProperty("ename", name);
        content.addProperty("evalue", value);
        var lines = new JsonArray();
        traceback.forEach(lines::add);
        content.add("traceback", lines);
        return content;
    }

    private static boolean absent(JsonObject content, String name) {
        JsonElement value = content.get(name);
        return value == null || value.isJsonNull();
    }

    private static String brief(JsonElement value) {
        String text = String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
