package touchstone.kernel.javadoc;

import java.util.regex.Pattern;

/**
 * Cuts a source file down to its types and those members that name something, bodies left out: a compiler then parses a
 * few lines where the file has thousands.
 */
final class SourceSlice {
    private static final Pattern TYPE =
            Pattern.compile("(?<![.\\w])(?:class|interface|enum)\\s+\\w|(?<![.\\w])record\\s+\\w+\\s*[<(]");
    private static final Pattern ENUM = Pattern.compile("(?<![.\\w])enum\\s+\\w");

    private final String text;
    private final Pattern wanted;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private SourceSlice(String text, Pattern wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /**
     * The types with the members that a name occurs in.
     *
     * @param name a member's name; for constructors, the name of the class; empty for no members
     */
    static String of(String text, String name) {
        String regex = name.isEmpty() ? "(?!)" : "(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])";
        var slice = new SourceSlice(text, Pattern.compile(regex));
        slice.members(false);
        return slice.out.toString();
    }

    /** Reads members up to the brace that ends their type, and that brace; at the top, to the end of the file. */
    private void members(boolean constants) {
        boolean all = constants;
        while (at < text.length() && text.charAt(at) != '}') {
            int start = at;
            boolean ended = member(start, all);
            all &= !ended;
        }
        if (at < text.length()) {
            out.append('}');
            at++;
        }
    }

    /**
     * Reads one member with the comments before it.
     *
     * @param keep whether to keep it whatever it names
     * @return whether it ended with a semicolon
     */
    private boolean member(int start, boolean keep) {
        var bare = new StringBuilder(); // without comments, literals and brackets' content
        var shown = new StringBuilder();
        int from = start;
        int depth = 0;
        boolean assigned = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            int skipped = afterCommentOrLiteral(at);
            if (skipped > at) {
                at = skipped;
                continue;
            }
            if (c == '}') {
                break; // of the type around
            }
            at++;
            if (c == '{') {
                shown.append(text, from, at - 1);
                if (!assigned && depth == 0 && TYPE.matcher(bare).find()) {
                    out.append(shown).append('{');
                    members(ENUM.matcher(bare).find());
                    return false;
                }
                skipBody();
                shown.append("{}");
                from = at;
                if (!assigned && depth == 0 && !keep) {
                    break;
                }
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            assigned |= c == '=' && depth == 0;
            if (depth == 0 || (c == '(' && depth == 1)) {
                bare.append(c);
            }
            if (c == ';' && depth == 0) {
                break;
            }
        }
        shown.append(text, from, at);
        if (keep || wanted.matcher(bare).find()) {
            out.append(shown);
        }
        return at > start && text.charAt(at - 1) == ';';
    }

    private void skipBody() {
        int depth = 1;
        while (at < text.length() && depth > 0) {
            int skipped = afterCommentOrLiteral(at);
            if (skipped > at) {
                at = skipped;
            } else {
                char c = text.charAt(at++);
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        }
    }

    /** The index behind the comment or literal that begins here; the same index when none does. */
    private int afterCommentOrLiteral(int i) {
        char c = text.charAt(i);
        if (c == '/') {
            if (text.startsWith("//", i)) {
                return endOr(text.indexOf('\n', i), 1);
            }
            return text.startsWith("/*", i) ? endOr(text.indexOf("*/", i + 2), 2) : i;
        }
        if (c == '"' && text.startsWith("\"\"\"", i)) {
            int end = text.indexOf("\"\"\"", i + 3);
            while (end > 0 && text.charAt(end - 1) == '\\') {
                end = text.indexOf("\"\"\"", end + 1);
            }
            return endOr(end, 3);
        }
        return c == '"' || c == '\'' ? literal(i) : i;
    }

    private int literal(int start) {
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != text.charAt(start) && text.charAt(i) != '\n') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }

    private int endOr(int found, int length) {
        return found < 0 ? text.length() : found + length;
    }
}
