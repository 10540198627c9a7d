package touchstone.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds magics in a cell. {@code %%name args} on the first line makes the whole cell the magic's; {@code %name args}
 * at the start of a statement, or right after {@code =}, becomes a call of {@code lineMagic}, on the same line. A
 * percent sign inside a comment, a text or an expression is left alone. {@code %time}, {@code %timeit} and {@code
 * %shell} take the rest of their line as one argument, quotes and all; other magics take it split at blanks.
 */
public final class MagicParser {
    /** A cell magic: its name, arguments and the cell below the first line. */
    public record CellCall(String name, List<String> args, String body) {
        public CellCall {
            args = List.copyOf(args);
        }
    }

    private static final Pattern CELL = Pattern.compile("\\A\\s*%%([A-Za-z_]\\w*)([^\\n]*)\\n?([\\s\\S]*)\\z");
    private static final Pattern NAME = Pattern.compile("%([A-Za-z_]\\w*)[ \\t]*([^\\n]*)");

    /** Magics that take what follows as it stands, quotes and all, as one argument. */
    private static final Set<String> VERBATIM = Set.of("time", "timeit", "shell", "bash", "sh");

    private MagicParser() {}

    /** The cell magic that this cell is, if it is one. */
    public static Optional<CellCall> cellMagic(String code) {
        Matcher cell = CELL.matcher(code);
        return cell.matches()
                ? Optional.of(new CellCall(
                        cell.group(1), arguments(cell.group(1), cell.group(2).strip()), cell.group(3)))
                : Optional.empty();
    }

    /** The cell with line magics turned into Java calls; every line keeps its number. */
    public static String expandLineMagics(String code) {
        if (code.indexOf('%') < 0) {
            return code;
        }
        var out = new StringBuilder(code.length() + 64);
        char last = ';'; // the last character of code before this position that is neither blank nor comment
        boolean lineStart = true;
        int i = 0;
        while (i < code.length()) {
            int skipped = skipLiteralOrComment(code, i);
            if (skipped > i) {
                last = code.startsWith("//", i) || code.startsWith("/*", i) ? last : '"';
                lineStart = false;
                out.append(code, i, skipped);
                i = skipped;
                continue;
            }
            char c = code.charAt(i);
            if (c == '%' && (last == '=' || (lineStart && (last == ';' || last == '}' || last == '{')))) {
                Matcher magic = NAME.matcher(code).region(i, code.length());
                if (magic.lookingAt()) {
                    out.append(call(magic.group(1), magic.group(2)));
                    i = magic.end();
                    last = ';';
                    continue;
                }
            }
            if (c == '\n') {
                lineStart = true;
            } else if (!Character.isWhitespace(c)) {
                last = c;
                lineStart = false;
            }
            out.append(c);
            i++;
        }
        return out.toString();
    }

    /** Splits arguments at blanks; double or single quotes keep blanks together. */
    public static List<String> split(String args) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        char quote = 0;
        boolean open = false;
        for (int i = 0; i < args.length(); i++) {
            char c = args.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    part.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else if (Character.isWhitespace(c)) {
                if (open || part.length() > 0) {
                    parts.add(part.toString());
                }
                part.setLength(0);
                open = false;
            } else {
                part.append(c);
            }
        }
        if (open || part.length() > 0) {
            parts.add(part.toString());
        }
        return parts;
    }

    private static List<String> arguments(String name, String text) {
        return !VERBATIM.contains(name) ? split(text) : text.isEmpty() ? List.of() : List.of(text);
    }

    private static String call(String name, String rest) {
        String args = rest.strip();
        if (args.endsWith(";")) {
            args = args.substring(0, args.length() - 1).strip();
        }
        var literals = new StringBuilder("lineMagic(\"" + name + "\", java.util.List.of(");
        String separator = "";
        for (String arg : arguments(name, args)) {
            literals.append(separator).append('"').append(escape(arg)).append('"');
            separator = ", ";
        }
        return literals.append("));").toString();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
    }

    /** The index after the text, character or comment that begins at {@code i}; {@code i} itself when none does. */
    public static int skipLiteralOrComment(String code, int i) {
        if (code.startsWith("//", i)) {
            int end = code.indexOf('\n', i);
            return end < 0 ? code.length() : end;
        }
        if (code.startsWith("/*", i)) {
            int end = code.indexOf("*/", i + 2);
            return end < 0 ? code.length() : end + 2;
        }
        if (code.startsWith("\"\"\"", i)) {
            int end = i + 3;
            while (end < code.length() && !code.startsWith("\"\"\"", end)) {
                end += code.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(code.length(), end + 3);
        }
        char quote = code.charAt(i);
        if (quote != '"' && quote != '\'') {
            return i;
        }
        int end = i + 1;
        while (end < code.length() && code.charAt(end) != quote && code.charAt(end) != '\n') {
            end += code.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(code.length(), end + 1);
    }
}
