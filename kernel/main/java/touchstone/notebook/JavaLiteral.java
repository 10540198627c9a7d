package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Set;
import java.util.StringJoiner;

/** JSON values as Java source of a declared type. */
public final class JavaLiteral {
    /** Why a value cannot be written as a type; the message is the demand, such as "a whole number of type int". */
    static final class MismatchException extends Exception {
        private static final long serialVersionUID = 1;

        MismatchException(String demand) {
            super(demand);
        }
    }

    private static final Set<String> PRIMITIVES =
            Set.of("byte", "short", "int", "long", "float", "double", "boolean", "char");

    private JavaLiteral() {}

    /**
     * Java source for a value.
     *
     * @param type such as {@code double}, {@code int[]}, {@code List<String>}
     */
    static String of(JsonElement value, String type) throws MismatchException {
        if (value.isJsonNull()) {
            if (PRIMITIVES.contains(type)) {
                throw new MismatchException("a value of type " + type);
            }
            return "null";
        }
        if (type.endsWith("[]")) {
            String element = type.substring(0, type.length() - 2);
            return "new " + type + " " + list(value, element, type, "{", "}");
        }
        if (type.matches("(java\\.util\\.)?List<.*>")) {
            String element = type.substring(type.indexOf('<') + 1, type.length() - 1);
            return "java.util." + list(value, element, type, "List.of(", ")");
        }
        return scalar(value, type);
    }

    private static String list(JsonElement value, String element, String type, String open, String close)
            throws MismatchException {
        JsonArray array = value.isJsonArray() ? value.getAsJsonArray() : split(value, type);
        var items = new StringJoiner(", ", open, close);
        for (JsonElement item : array) {
            if (item.isJsonNull()) {
                throw new MismatchException("a list without null for type " + type);
            }
            items.add(of(item, element));
        }
        return items.toString();
    }

    /** Text from the command line, {@code [1, 2]} or {@code 1,2}, as a list. */
    private static JsonArray split(JsonElement value, String type) throws MismatchException {
        var array = new JsonArray();
        if (!Json.isText(value)) {
            throw new MismatchException("a list for type " + type);
        }
        String text = value.getAsString().strip();
        if (text.startsWith("[")) {
            try {
                JsonElement parsed = Json.parse(text, "the list");
                if (parsed.isJsonArray()) {
                    return parsed.getAsJsonArray();
                }
            } catch (NotebookException e) {
                throw new MismatchException("a JSON list for type " + type);
            }
        }
        for (String item : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            array.add(item.strip());
        }
        return array;
    }

    private static String scalar(JsonElement value, String type) throws MismatchException {
        if (!value.isJsonPrimitive()) {
            throw new MismatchException("one value of type " + type);
        }
        JsonPrimitive primitive = value.getAsJsonPrimitive();
        String text = primitive.getAsString();
        try {
            return switch (type) {
                case "String", "CharSequence", "Object" -> string(primitive);
                case "char", "Character" -> character(text);
                case "boolean", "Boolean" -> bool(text);
                case "double", "Double" -> floating(Double.parseDouble(number(text)), "Double", "");
                case "float", "Float" -> floating(Float.parseFloat(number(text)), "Float", "f");
                case "int", "Integer" -> Integer.toString(Integer.parseInt(text.strip()));
                case "long", "Long" -> Long.parseLong(text.strip()) + "L";
                case "short", "Short" -> "(short) " + Short.parseShort(text.strip());
                case "byte", "Byte" -> "(byte) " + Byte.parseByte(text.strip());
                default ->
                    throw new MismatchException("a type that can be given from outside (a primitive, String, "
                            + "an array or List of these) instead of " + type);
            };
        } catch (NumberFormatException e) {
            boolean whole = !type.equalsIgnoreCase("double") && !type.equalsIgnoreCase("float");
            throw new MismatchException((whole ? "a whole number" : "a number") + " of type " + type);
        }
    }

    private static String string(JsonPrimitive value) throws MismatchException {
        return quote(value.getAsString());
    }

    private static String number(String text) {
        if (!text.strip().matches("[-+]?([0-9.]+([eE][-+]?[0-9]+)?|NaN|Infinity)")) {
            throw new NumberFormatException(text);
        }
        return text.strip();
    }

    private static String floating(double value, String box, String suffix) {
        if (Double.isNaN(value)) {
            return box + ".NaN";
        }
        if (Double.isInfinite(value)) {
            return box + (value > 0 ? ".POSITIVE_INFINITY" : ".NEGATIVE_INFINITY");
        }
        return (suffix.isEmpty() ? Double.toString(value) : Float.toString((float) value)) + suffix;
    }

    private static String bool(String text) throws MismatchException {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new MismatchException("true or false");
        }
        return Boolean.toString(Boolean.parseBoolean(text));
    }

    private static String character(String text) throws MismatchException {
        if (text.length() != 1) {
            throw new MismatchException("one character");
        }
        return text.equals("'") ? "'\\''" : text.equals("\"") ? "'\"'" : "'" + escape(text) + "'";
    }

    /** A Java string literal. */
    public static String quote(String text) {
        return '"' + escape(text) + '"';
    }

    private static String escape(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default ->
                    out.append(c < 0x20 ? String.format("\\%03o", (int) c) : plain(c) ? String.valueOf(c) : unicode(c));
            }
        }
        return out.toString();
    }

    private static boolean plain(char c) {
        return !Character.isSurrogate(c) && !Character.isISOControl(c) && c != 0x2028 && c != 0x2029;
    }

    private static String unicode(char c) {
        return String.format("\\u%04x", (int) c);
    }
}
