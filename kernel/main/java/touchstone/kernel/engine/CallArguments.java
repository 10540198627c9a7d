package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a call in a cell's text, found by brackets alone. */
final class CallArguments {
    private CallArguments() {}

    /** The arguments of a call. */
    record Found(boolean isCall, List<String> arguments) {
        /** No call, or one that is not closed yet. */
        static final Found NONE = new Found(false, List.of());

        Found {
            arguments = List.copyOf(arguments);
        }
    }

    /** The arguments in the brackets that open at {@code start}, or after blanks from there. */
    static Found after(String code, int start) {
        int open = start;
        while (open < code.length() && Character.isWhitespace(code.charAt(open))) {
            open++;
        }
        return open < code.length() && code.charAt(open) == '(' ? within(code, open) : Found.NONE;
    }

    /** The arguments of the innermost call of this name around the cursor. */
    static Found around(String code, int cursor, String name) {
        int depth = 0;
        for (int i = cursor - 1; i > 0; i--) {
            char c = code.charAt(i);
            depth += c == ')' ? 1 : c == '(' ? -1 : 0;
            if (depth < 0) {
                boolean named = code.substring(0, i).stripTrailing().endsWith(name);
                return named ? within(code, i) : Found.NONE;
            }
        }
        return Found.NONE;
    }

    private static Found within(String code, int open) {
        var arguments = new ArrayList<String>();
        int depth = 0;
        int from = open + 1;
        for (int i = open; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '"' || c == '\'') {
                i = endOfLiteral(code, i);
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0 && --depth == 0) {
                String last = code.substring(from, i).strip();
                if (!last.isEmpty()) {
                    arguments.add(last);
                }
                return new Found(true, arguments);
            } else if (c == ',' && depth == 1) {
                arguments.add(code.substring(from, i).strip());
                from = i + 1;
            }
        }
        return Found.NONE;
    }

    private static int endOfLiteral(String code, int start) {
        char quote = code.charAt(start);
        int i = start + 1;
        while (i < code.length() && code.charAt(i) != quote && code.charAt(i) != '\n') {
            i += code.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
