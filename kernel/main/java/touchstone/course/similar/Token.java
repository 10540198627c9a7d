package touchstone.course.similar;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token of Java, with what a copyist changes first taken out of it: all names are one name, all numbers one number, all strings one string;
 * comments, imports, modifiers and magics are no tokens. Code that does not compile has tokens too.
 *
 * @param text what is compared
 * @param start where it begins in the source
 * @param end where it ends
 */
record Token(String text, int start, int end) {
    private static final Set<String> KEYWORDS = Set.of(
            ("assert boolean break byte case catch char class continue default do double else enum extends finally float for if"
                            + " implements instanceof int interface long new record return short super switch this throw throws try"
                            + " void while yield true false null")
                    .split(" "));
    private static final Set<String> DROPPED = Set.of(
            "public",
            "private",
            "protected",
            "static",
            "final",
            "abstract",
            "synchronized",
            "transient",
            "volatile",
            "strictfp");
    private static final Pattern TOKEN = Pattern.compile("(?<none>//[^\\n]*|/\\*(?s:.*?)(?:\\*/|\\z)"
            + "|(?m:^)[ \\t]*%%?[A-Za-z][^\\n]*|(?m:^)[ \\t]*import\\s[^;\\n]*;?|\\s+)"
            + "|(?<string>\"\"\"(?s:.*?)(?:\"\"\"|\\z)|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"?)"
            + "|(?<char>'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+'?)"
            + "|(?<number>\\.?[0-9][\\w.]*+(?:(?<=[eEpP])[-+][\\w.]*+)?)"
            + "|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*+)"
            + "|(?<sign>->|::|[-+*/%&|^<>=!]=|&&|\\|\\||\\+\\+|--|(?s:.))");

    /** The tokens of a source, in order; of one with a literal of thousands of escapes those before it. */
    static List<Token> of(String source) {
        var tokens = new ArrayList<Token>();
        try {
            read(source, tokens);
        } catch (StackOverflowError e) {
            return tokens; // by the matcher; nobody writes such a literal
        }
        return tokens;
    }

    private static void read(String source, List<Token> tokens) {
        Matcher matcher = TOKEN.matcher(source);
        while (matcher.find()) {
            String text = normal(matcher);
            if (!text.isEmpty()) {
                tokens.add(new Token(text, matcher.start(), matcher.end()));
            }
        }
    }

    private static String normal(Matcher matcher) {
        String word = matcher.group("word");
        if (word != null) {
            return KEYWORDS.contains(word) ? word : DROPPED.contains(word) ? "" : "name";
        }
        if (matcher.group("string") != null) {
            return "\"\"";
        }
        if (matcher.group("char") != null) {
            return "''";
        }
        if (matcher.group("number") != null) {
            return "0";
        }
        String sign = matcher.group("sign");
        return sign == null ? "" : sign;
    }
}
