package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a cell into the snippets that JShell takes one by one, from its tokens alone. JShell's own analysis does the
 * same, but starts an index of the whole class path, which costs half a second of processor time; it is asked only about
 * code that this class is not certain of.
 */
final class Splitter {
    /** What a piece of a cell is, as far as it matters how it is run. */
    enum Kind {
        /** An expression; its value may be shown. */
        EXPRESSION,
        /** A statement without a value. */
        STATEMENT,
        /** Everything else: a declaration, an import, or a statement that JShell treats in its own way. */
        OTHER
    }

    /**
     * A piece of a cell.
     *
     * @param start where it begins in the cell
     * @param source what JShell is given: the text, with the semicolon that a declaration may lack at the end of a cell
     */
    record Piece(int start, String source, Kind kind) {}

    private static final Set<String> MODIFIERS = Set.of(
            "public",
            "protected",
            "private",
            "static",
            "final",
            "abstract",
            "native",
            "strictfp",
            "transient",
            "volatile",
            "default");
    private static final Set<String> BEFORE_VALUE = Set.of("new", "instanceof", "return", "throw", "case");
    private static final Set<String> MISPLACED = Set.of(
            "else", "catch", "finally", "case", "return", "break", "continue", "yield", "package", "this", "super");
    /** A cell that ends in one of these goes on, or is wrong. */
    private static final String OPEN_ENDS = ".,=+-*/%&|^<?:!~@\\#";

    private final String code;
    private final Tokens tokens;

    private Splitter(String code) {
        this.code = code;
        tokens = Tokens.of(code);
    }

    /** The pieces of a cell in order; none when the cell is empty or this class is not certain. */
    static List<Piece> pieces(String code) {
        var splitter = new Splitter(code);
        if (!splitter.tokens.isSound()) {
            return List.of();
        }
        var pieces = new ArrayList<Piece>();
        int at = 0;
        while (at < splitter.tokens.size()) {
            int end = splitter.addPiece(at, pieces);
            if (end <= at) {
                return List.of();
            }
            at = end;
        }
        return pieces;
    }

    /** Adds the piece that begins with a token; gives the token after it, or -1. */
    private int addPiece(int first, List<Piece> into) {
        int start = afterModifiers(first);
        if (tokens.is(first, "import")) {
            return add(first, toSemicolon(first), Kind.OTHER, into);
        }
        if (isTypeDeclaration(start)) {
            return add(first, typeBody(start), Kind.OTHER, into);
        }
        if (start == first && isControl(first)) {
            return add(first, controlStatement(first), Kind.STATEMENT, into);
        }
        return addExpressionOrMember(first, start, into);
    }

    private int add(int first, int end, Kind kind, List<Piece> into) {
        if (end > first) {
            into.add(new Piece(tokens.start(first), code.substring(tokens.start(first), tokens.end(end - 1)), kind));
        }
        return end;
    }

    private int afterModifiers(int first) {
        int i = first;
        while (i < tokens.size()) {
            if (MODIFIERS.contains(tokens.text(i))
                    || (tokens.is(i, "synchronized") && !tokens.is(i + 1, "("))
                    || (tokens.is(i, "sealed") && tokens.isWord(i + 1))) {
                i++;
            } else if (tokens.isPair(i, "non-") && tokens.is(i + 2, "sealed")) {
                i += 3;
            } else if (tokens.is(i, "@") && tokens.isWord(i + 1) && !tokens.is(i + 1, "interface")) {
                i += 2;
                while (tokens.is(i, ".")) {
                    i += 2;
                }
                i = tokens.is(i, "(") ? tokens.next(i) : i;
            } else {
                break;
            }
        }
        return i;
    }

    private boolean isTypeDeclaration(int i) {
        return switch (tokens.text(i)) {
            case "class", "interface", "enum" -> tokens.isWord(i + 1);
            case "record" -> tokens.isWord(i + 1) && (tokens.is(i + 2, "(") || tokens.is(i + 2, "<"));
            case "@" -> tokens.is(i + 1, "interface");
            default -> false;
        };
    }

    private int typeBody(int first) {
        int i = first;
        while (i < tokens.size() && !tokens.is(i, "{")) {
            if (tokens.is(i, ";")) {
                return -1;
            }
            i = tokens.next(i);
        }
        return i < tokens.size() ? tokens.next(i) : -1;
    }

    private boolean isControl(int i) {
        return switch (tokens.text(i)) {
            case "{", "if", "for", "while", "do", "try", "switch", "synchronized", "throw", "assert" -> true;
            default -> false;
        };
    }

    /** The token after a statement that begins with a keyword or a brace; -1 where it is wrong or not certain. */
    private int controlStatement(int i) {
        return switch (tokens.text(i)) {
            case "{" -> tokens.afterBracket(i, "{");
            case "if" -> {
                int end = statement(after("(", i + 1));
                yield tokens.is(Math.max(0, end), "else") && end > 0 ? statement(end + 1) : end;
            }
            case "for", "while" -> statement(after("(", i + 1));
            case "do" -> {
                int end = statement(i + 1);
                int condition = end > 0 && tokens.is(end, "while") ? after("(", end + 1) : -1;
                yield condition > 0 && tokens.is(condition, ";") ? condition + 1 : -1;
            }
            case "try" -> tryStatement(i);
            case "switch" -> {
                int end = after("{", after("(", i + 1));
                yield end > 0 && tokens.is(end, ".") ? -1 : end;
            }
            case "synchronized" -> after("{", after("(", i + 1));
            case "throw", "assert" -> toSemicolon(i);
            default -> -1;
        };
    }

    private int tryStatement(int i) {
        int end = after("{", tokens.is(i + 1, "(") ? after("(", i + 1) : i + 1);
        while (end > 0 && tokens.is(end, "catch")) {
            end = after("{", after("(", end + 1));
        }
        return end > 0 && tokens.is(end, "finally") ? after("{", end + 1) : end;
    }

    /** The token after a statement inside another. */
    private int statement(int i) {
        if (i < 0 || i >= tokens.size()) {
            return -1;
        }
        return isControl(i) ? controlStatement(i) : toSemicolon(i);
    }

    private int after(String bracket, int i) {
        return i < 0 ? -1 : tokens.afterBracket(i, bracket);
    }

    private int toSemicolon(int first) {
        int i = first;
        while (i < tokens.size() && !tokens.is(i, ";")) {
            i = tokens.next(i);
        }
        return i < tokens.size() ? i + 1 : -1;
    }

    private int addExpressionOrMember(int first, int start, List<Piece> into) {
        boolean declares = start > first;
        boolean assigns = false;
        boolean braces = false;
        boolean creates = false;
        boolean odd = false;
        int i = start;
        while (i < tokens.size() && !tokens.is(i, ";")) {
            String text = tokens.text(i);
            if (MISPLACED.contains(text) && (i == start || !tokens.is(i - 1, "."))) {
                return -1;
            }
            assigns |= isAssignment(i) || tokens.isPair(i, "->");
            creates |= text.equals("new") || text.equals("switch");
            odd |= text.equals(",") || tokens.isPair(i, "->") || (text.equals(":") && !isConditional(start, i));
            declares |= i > start && tokens.isWord(i) && followsType(start, i);
            if (text.equals("{")) {
                if (!assigns && !creates) {
                    return declares ? add(first, tokens.next(i), Kind.OTHER, into) : -1; // a method's body
                }
                braces = true;
            }
            i = tokens.next(i);
        }
        if (i == start) {
            return -1;
        }
        boolean plain = !declares && !braces && !odd;
        boolean toName = tokens.isWord(start) && isAssignment(start + 1);
        Kind kind = plain && !assigns ? Kind.EXPRESSION : plain && toName ? Kind.STATEMENT : Kind.OTHER;
        if (i < tokens.size()) {
            return add(first, i + 1, kind, into);
        }
        return addLast(first, kind, declares || assigns, into);
    }

    /** The end of a cell may lack its semicolon. */
    private int addLast(int first, Kind kind, boolean needsSemicolon, List<Piece> into) {
        int last = tokens.size() - 1;
        if (OPEN_ENDS.contains(tokens.text(last)) && !tokens.isPair(last - 1, "++") && !tokens.isPair(last - 1, "--")) {
            return -1;
        }
        String source = code.substring(tokens.start(first), tokens.end(last)) + (needsSemicolon ? ";" : "");
        into.add(new Piece(tokens.start(first), source, kind));
        return last + 1;
    }

    private boolean isConditional(int start, int colon) {
        for (int i = start; i < colon; i = tokens.next(i)) {
            if (tokens.is(i, "?")) {
                return true;
            }
        }
        return tokens.isPair(colon, "::") || (colon > start && tokens.isPair(colon - 1, "::"));
    }

    /** A single equals sign that assigns. */
    private boolean isAssignment(int i) {
        if (!tokens.is(i, "=") || tokens.isPair(i, "==")) {
            return false;
        }
        boolean joined = i > 0 && tokens.end(i - 1) == tokens.start(i);
        return !joined || !"=!<>+-*/%&|^".contains(tokens.text(i - 1));
    }

    /** Whether the word at {@code i} stands where a declaration has its name: after a type. */
    private boolean followsType(int start, int i) {
        if (tokens.isWord(i - 1)) {
            return !BEFORE_VALUE.contains(tokens.text(i - 1)) && !tokens.is(i, "instanceof");
        }
        if (tokens.is(i - 1, "]")) {
            return !tokens.is(i, "instanceof");
        }
        boolean generic = false;
        for (int j = start; j < i && tokens.is(i - 1, ">"); j = tokens.next(j)) {
            generic |= tokens.is(j, "<");
        }
        return generic;
    }
}
