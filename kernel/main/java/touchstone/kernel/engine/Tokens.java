package touchstone.kernel.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The tokens of a piece of Java: words, literals, and every other character by itself. Each opening bracket knows the one
 * that closes it.
 */
final class Tokens {
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final String code;
    private final List<int[]> spans = new ArrayList<>();
    private int[] partners = {};
    private boolean sound = true;

    private Tokens(String code) {
        this.code = code;
    }

    static Tokens of(String code) {
        var tokens = new Tokens(code);
        tokens.scan();
        tokens.pair();
        return tokens;
    }

    /** Whether every literal, comment and bracket is closed. */
    boolean isSound() {
        return sound;
    }

    int size() {
        return spans.size();
    }

    int start(int i) {
        return spans.get(i)[0];
    }

    int end(int i) {
        return spans.get(i)[1];
    }

    /** The text of a token, or an empty text past the last. */
    String text(int i) {
        return i < size() ? code.substring(start(i), end(i)) : "";
    }

    boolean is(int i, String text) {
        return i < size() && end(i) - start(i) == text.length() && code.startsWith(text, start(i));
    }

    /** A word or a keyword. */
    boolean isWord(int i) {
        return i < size() && Character.isJavaIdentifierStart(code.charAt(start(i)));
    }

    /** Whether two tokens stand side by side and read so. */
    boolean isPair(int i, String text) {
        return i + 1 < size() && end(i) == start(i + 1) && text.equals(text(i) + text(i + 1));
    }

    /** The token after the bracket that closes the one at {@code i}; -1 when there is no such bracket at {@code i}. */
    int afterBracket(int i, String bracket) {
        return is(i, bracket) ? partners[i] + 1 : -1;
    }

    /** The token after a bracket of any kind that opens at {@code i}, else {@code i + 1}. */
    int next(int i) {
        return partners[i] > i ? partners[i] + 1 : i + 1;
    }

    private void scan() {
        int i = 0;
        while (i < code.length() && sound) {
            char c = code.charAt(i);
            int end = i + 1;
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (code.startsWith("//", i) || code.startsWith("/*", i)) {
                i = comment(i);
                continue;
            }
            if (c == '"' || c == '\'') {
                end = literal(i);
            } else if (Character.isJavaIdentifierPart(c)) {
                while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
                    end++;
                }
            }
            spans.add(new int[] {i, end});
            i = end;
        }
    }

    private int comment(int start) {
        boolean line = code.charAt(start + 1) == '/';
        int end = code.indexOf(line ? "\n" : "*/", start + 2);
        if (end < 0) {
            sound &= line;
            return code.length();
        }
        return line ? end : end + 2;
    }

    private int literal(int start) {
        boolean block = code.startsWith("\"\"\"", start);
        String quote = block ? "\"\"\"" : code.substring(start, start + 1);
        int end = start + quote.length();
        while (end < code.length() && !code.startsWith(quote, end)) {
            if (!block && code.charAt(end) == '\n') {
                break;
            }
            end += code.charAt(end) == '\\' ? 2 : 1;
        }
        boolean closed = end < code.length() && code.startsWith(quote, end);
        sound &= closed;
        return Math.min(code.length(), end + quote.length());
    }

    private void pair() {
        partners = new int[size()];
        Arrays.fill(partners, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < size(); i++) {
            char c = code.charAt(start(i));
            if (OPENING.indexOf(c) >= 0) {
                open.push(i);
            } else if (CLOSING.indexOf(c) >= 0) {
                if (open.isEmpty() || OPENING.indexOf(code.charAt(start(open.peek()))) != CLOSING.indexOf(c)) {
                    sound = false;
                    return;
                }
                partners[i] = open.peek();
                partners[open.pop()] = i;
            }
        }
        sound &= open.isEmpty();
    }
}
