package touchstone.course.variant;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a source whose literal differs from student to student.
 *
 * @param number of the line in its cell, from 1
 * @param text the whole line
 * @param type of the variable
 * @param name of the variable
 * @param from where its literal begins in the line
 * @param to where it ends
 * @param code the line without its mark
 * @param mark what the mark says: values, or an expression
 * @param expected whether the value is what the expression gives, not drawn
 */
public record MarkedLine(
        int number,
        String text,
        LiteralType type,
        String name,
        int from,
        int to,
        String code,
        String mark,
        boolean expected) {
    private static final Pattern MARK = Pattern.compile("\\s*//\\s*(VARIANT|EXPECTED)\\b(.*)$");
    private static final Pattern DECLARATION = Pattern.compile("\\s*(?:(?:public|private|protected|static|final)\\s+)*"
            + "([\\w.<>\\[\\]]+)\\s+([A-Za-z_$][\\w$]*)\\s*=\\s*(.*?)\\s*;\\s*");

    /** Whether a line bears a mark. */
    static boolean bears(String line) {
        return MARK.matcher(line).find();
    }

    /** A line without its mark, if it bears one. */
    static String withoutMark(String line) {
        Matcher mark = MARK.matcher(line);
        return mark.find() ? line.substring(0, mark.start()) : line;
    }

    /**
     * Reads a line.
     *
     * @return empty when it bears no mark
     * @throws IllegalArgumentException with a demand and the value
     */
    static Optional<MarkedLine> of(String line, int number) {
        Matcher mark = MARK.matcher(line);
        if (!mark.find()) {
            return Optional.empty();
        }
        String code = line.substring(0, mark.start());
        Matcher declaration = DECLARATION.matcher(code);
        if (!declaration.matches()) {
            throw new IllegalArgumentException(
                    "must be one declaration with a literal, such as int n = 40;, was \"" + code.strip() + "\"");
        }
        LiteralType type = LiteralType.of(declaration.group(1));
        type.value(declaration.group(3));
        boolean expected = mark.group(1).equals("EXPECTED");
        String says = mark.group(2).strip();
        if (expected && says.isEmpty()) {
            throw new IllegalArgumentException("must name the expression that gives the value, was empty");
        }
        var made = new MarkedLine(
                number,
                line,
                type,
                declaration.group(2),
                declaration.start(3),
                declaration.end(3),
                code,
                says,
                expected);
        made.requireDefaultInDomain();
        return Optional.of(made);
    }

    private void requireDefaultInDomain() {
        if (!expected && !domain().has(value())) {
            throw new IllegalArgumentException(
                    "must have its own number among its values, " + mark + ", was " + value());
        }
    }

    /** The value in the source. */
    public String value() {
        return type.value(text.substring(from, to));
    }

    /** The values that it can have; for a line that is drawn. */
    public Domain domain() {
        return Domain.of(mark, type);
    }

    /** The line with other code in place of the literal, and with its mark. */
    public String with(String replacement) {
        return text.substring(0, from) + replacement + text.substring(to);
    }
}
