package touchstone.course.variant;

import java.util.Locale;
import touchstone.notebook.JavaLiteral;

/** The types that a number of a variant may have. A value is text: {@code 40}, {@code 0.5}, {@code true}, or a string's content. */
public enum LiteralType {
    INT("int", "-?[0-9][0-9_]*"),
    LONG("long", "-?[0-9][0-9_]*[lL]?"),
    DOUBLE("double", "-?(?:[0-9][0-9_]*(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?[dD]?"),
    BOOLEAN("boolean", "true|false"),
    STRING("String", "\"(?:[^\"\\\\]|\\\\.)*\"");

    private final String javaName;
    private final String pattern;

    LiteralType(String javaName, String pattern) {
        this.javaName = javaName;
        this.pattern = pattern;
    }

    /** As it is written in Java. */
    public String javaName() {
        return javaName;
    }

    /** A regular expression of its literals. */
    String pattern() {
        return pattern;
    }

    boolean isNumber() {
        return this == INT || this == LONG || this == DOUBLE;
    }

    /** The value of a literal. */
    String value(String literal) {
        String text = literal.strip();
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException("must be a literal of type " + javaName + ", was " + text);
        }
        try {
            String digits = text.replace("_", "");
            return switch (this) {
                case INT -> Integer.toString(Integer.parseInt(digits));
                case LONG -> Long.toString(Long.parseLong(digits.replaceAll("[lL]", "")));
                case DOUBLE -> finite(Double.parseDouble(digits), text);
                case BOOLEAN -> text;
                case STRING -> text.substring(1, text.length() - 1).translateEscapes();
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must fit the type " + javaName + ", was " + text, e);
        }
    }

    private static String finite(double value, String text) {
        if (Double.isInfinite(value)) {
            throw new NumberFormatException(text);
        }
        return Double.toString(value);
    }

    /** A value as a literal of Java. */
    public String literal(String value) {
        return switch (this) {
            case INT, DOUBLE, BOOLEAN -> value;
            case LONG -> value + "L";
            case STRING -> JavaLiteral.quote(value);
        };
    }

    /** Whether two values are the same; doubles up to a relative difference of 1e-9. */
    public boolean same(String first, String second) {
        if (this != DOUBLE) {
            return first.equals(second);
        }
        double a = Double.parseDouble(first);
        double b = Double.parseDouble(second);
        return a == b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
    }

    /** The type of a name in Java. */
    static LiteralType of(String javaName) {
        for (LiteralType each : values()) {
            if (each.javaName.equals(javaName)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                String.format(Locale.ROOT, "must be of type int, long, double, boolean or String, was %s", javaName));
    }
}
