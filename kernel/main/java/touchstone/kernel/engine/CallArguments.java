package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a call in a cell's text, found by brackets alone. */
final class CallArguments {
    private CallArguments() {}

    /**
     * The arguments in the brackets that open at or after blanks from {@code start}.
     *
     * @return one text each; a single null-free list holding nothing for {@code ()}, and nothing at all ({@link
     *     Found#NONE}) where no bracket opens or it is not closed
     */
    static Found after(String code, int start) {
        int open = start;
        while (open < code.length() && Character.isWhitespace(code.charAt(open))) {
            open++;
        }
        if (open >= code.length() || code.charAt(open) != '(') {
            return Found.NONE;
        }
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

    /** @param isCall whether there is a whole call */
    record Found(boolean isCall, List<String> arguments) {
        static final Found NONE = new Found(false, List.of());

        Found {
            arguments = List.copyOf(arguments);
        }
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
