package touchstone.kernel.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes JSON as UTF-8 in one pass. A cell may print megabytes at once: a text without anything to escape, as most are,
 * is copied whole.
 */
final class JsonBytes {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final ByteArrayOutputStream out;

    private JsonBytes(int size) {
        out = new ByteArrayOutputStream(size);
    }

    static byte[] of(JsonElement element) {
        var json = new JsonBytes(sizeOf(element));
        json.write(element);
        return json.out.toByteArray();
    }

    /** About as many bytes as the texts in an object need, so that a large one is copied once. */
    private static int sizeOf(JsonElement element) {
        int size = 256;
        if (element.isJsonObject()) {
            for (JsonElement each : element.getAsJsonObject().asMap().values()) {
                boolean text = each instanceof JsonPrimitive primitive && primitive.isString();
                size += text ? each.getAsString().length() + 16 : 64;
            }
        }
        return size;
    }

    private void write(JsonElement element) {
        if (element.isJsonObject()) {
            char before = '{';
            for (Map.Entry<String, JsonElement> each : element.getAsJsonObject().entrySet()) {
                out.write(before);
                text(each.getKey());
                out.write(':');
                write(each.getValue());
                before = ',';
            }
            plain(before == '{' ? "{}" : "}");
        } else if (element.isJsonArray()) {
            char before = '[';
            for (JsonElement each : element.getAsJsonArray()) {
                out.write(before);
                write(each);
                before = ',';
            }
            plain(before == '[' ? "[]" : "]");
        } else if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            text(primitive.getAsString());
        } else {
            plain(element.isJsonNull() ? "null" : element.getAsString());
        }
    }

    private void plain(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('"');
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                out.write(bytes, from, i - from);
                escape(b);
                from = i + 1;
            }
        }
        out.write(bytes, from, bytes.length - from);
        out.write('"');
    }

    private void escape(byte b) {
        out.write('\\');
        switch (b) {
            case '\n' -> out.write('n');
            case '\r' -> out.write('r');
            case '\t' -> out.write('t');
            case '"', '\\' -> out.write(b);
            default -> {
                plain("u00");
                out.write(HEX[b >> 4]);
                out.write(HEX[b & 15]);
            }
        }
    }
}
