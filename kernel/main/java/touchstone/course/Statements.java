package touchstone.course;

/** Counts statements of Java text, as far as brackets, strings and comments tell. */
final class Statements {
    private Statements() {}

    /** Statements outside all brackets: each ends with a semicolon or a closing brace. */
    static int count(String source) {
        String code = source.replaceAll("(?s)/\\*.*?\\*/", " ")
                .replaceAll("\"(\\\\.|[^\"\\\\\n])*\"", "\"\"")
                .replaceAll("'(\\\\.|[^'\\\\\n])+'", "''")
                .replaceAll("//[^\n]*", " ");
        int depth = 0;
        int count = 0;
        boolean open = false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                depth++;
                open = true;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (!Character.isWhitespace(c) && c != ';') {
                open = true;
            }
            boolean ends = depth == 0 && (c == ';' || (c == '}' && !continues(code, i + 1)));
            if (ends && open) {
                count++;
                open = false;
            }
        }
        return count + (open ? 1 : 0);
    }

    /** Whether what follows a closing brace belongs to the same statement. */
    private static boolean continues(String code, int from) {
        String rest = code.substring(from).stripLeading();
        return rest.startsWith("else")
                || rest.startsWith("catch")
                || rest.startsWith("finally")
                || rest.startsWith(";");
    }
}
