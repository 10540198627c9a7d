package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes JSON byte for byte as Jupyter does: one space of indent, sorted keys, characters beyond ASCII as they are,
 * multi-line text as a list of lines, a line end at the end of the file.
 */
final class JupyterJson {
    private final StringBuilder out = new StringBuilder();

    private JupyterJson() {}

    /** Any JSON value, laid out as Jupyter lays out a notebook. */
    static String write(JsonElement element) {
        var writer = new JupyterJson();
        writer.value(element, 0);
        return writer.out.append('\n').toString();
    }

    /** A copy of the notebook whose multi-line texts are lists of lines. */
    static JsonObject splitLines(JsonObject notebook) {
        JsonObject copy = notebook.deepCopy();
        for (JsonElement element : Json.array(copy, "cells")) {
            JsonObject cell = element.getAsJsonObject();
            split(cell, "source");
            JsonObject attachments = Json.object(cell, "attachments");
            attachments.keySet().forEach(name -> splitBundle(Json.object(attachments, name)));
            for (JsonElement output : Json.array(cell, "outputs")) {
                JsonObject object = output.getAsJsonObject();
                splitBundle(Json.object(object, "data"));
                split(object, "text");
            }
        }
        return copy;
    }

    private static void splitBundle(JsonObject bundle) {
        for (String mime : List.copyOf(bundle.keySet())) {
            if (mime.startsWith("text/") || mime.equals("application/javascript") || mime.equals("image/svg+xml")) {
                split(bundle, mime);
            }
        }
    }

    private static void split(JsonObject object, String key) {
        if (Json.isMultiline(object.get(key))) {
            var lines = new JsonArray();
            lines(Json.joined(object.get(key))).forEach(lines::add);
            object.add(key, lines);
        }
    }

    /** The lines of a text with their line ends, cut where Python's {@code str.splitlines} cuts. */
    static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (isLineEnd(c) && !pair) {
                lines.add(text.substring(start, i + 1));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    private static boolean isLineEnd(char c) {
        return (c >= '\n' && c <= '\r') || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private void value(JsonElement element, int depth) {
        if (element.isJsonObject()) {
            object(element.getAsJsonObject(), depth);
        } else if (element.isJsonArray()) {
            array(element.getAsJsonArray(), depth);
        } else if (Json.isText(element)) {
            text(element.getAsString());
        } else {
            out.append(element.isJsonNull() ? "null" : plain(element.getAsJsonPrimitive()));
        }
    }

    private static String plain(JsonPrimitive primitive) {
        return primitive.getAsString();
    }

    private void object(JsonObject object, int depth) {
        var sorted = new TreeMap<String, JsonElement>(object.asMap());
        out.append('{');
        String separator = "";
        for (var entry : sorted.entrySet()) {
            out.append(separator);
            newLine(depth + 1);
            text(entry.getKey());
            out.append(": ");
            value(entry.getValue(), depth + 1);
            separator = ",";
        }
        close(sorted.isEmpty(), depth, '}');
    }

    private void array(JsonArray array, int depth) {
        out.append('[');
        String separator = "";
        for (JsonElement element : array) {
            out.append(separator);
            newLine(depth + 1);
            value(element, depth + 1);
            separator = ",";
        }
        close(array.isEmpty(), depth, ']');
    }

    private void close(boolean empty, int depth, char bracket) {
        if (!empty) {
            newLine(depth);
        }
        out.append(bracket);
    }

    private void newLine(int depth) {
        out.append('\n').append(" ".repeat(depth));
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> character(text, i);
            }
        }
        out.append('"');
    }

    private void character(String text, int i) {
        char c = text.charAt(i);
        boolean lowAfterHigh = Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        boolean highBeforeLow =
                Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        if (c < 0x20 || (Character.isSurrogate(c) && !lowAfterHigh && !highBeforeLow)) {
            out.append(String.format("\\u%04x", (int) c));
        } else {
            out.append(c);
        }
    }
}
