package touchstone.notebook;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java source, with a notebook's magics, as HTML with a class on each keyword, string, comment, number, annotation. */
final class JavaHighlighter {
    private static final Set<String> KEYWORDS = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                            + " final finally float for goto if implements import instanceof int interface long native new"
                            + " non-sealed package permits private protected public record return sealed short static"
                            + " strictfp super switch synchronized this throw throws transient try var void volatile while"
                            + " yield true false null")
                    .split(" "));
    private static final Pattern TOKEN = Pattern.compile("(?<comment>//[^\\n]*|/\\*(?s:.*?)(?:\\*/|\\z))"
            + "|(?<string>\"\"\"[^\"\\\\]*+(?:(?:\\\\(?s:.)|\"(?!\"\"))[^\"\\\\]*+)*+(?:\"\"\"|\\z)"
            + "|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"?|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+'?)"
            + "|(?<magic>(?m:^)%%?[A-Za-z][^\\n]*)"
            + "|(?<annotation>@[A-Za-z_][\\w.]*)"
            + "|(?<number>\\b(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|\\d[\\d_]*(?:\\.[\\d_]*)?(?:[eE][-+]?\\d+)?)[lLfFdD]?)"
            + "|(?<word>[A-Za-z_$][\\w$]*)");

    private JavaHighlighter() {}

    static String html(String source) {
        try {
            return coloured(source);
        } catch (StackOverflowError e) {
            return Html.escape(source); // a literal with tens of thousands of escapes: shown without colours
        }
    }

    private static String coloured(String source) {
        var out = new StringBuilder();
        Matcher matcher = TOKEN.matcher(source);
        int end = 0;
        while (matcher.find()) {
            out.append(Html.escape(source.substring(end, matcher.start())));
            String token = Html.escape(matcher.group());
            String kind = kind(matcher);
            out.append(kind.isEmpty() ? token : Html.span(kind, token));
            end = matcher.end();
        }
        return out.append(Html.escape(source.substring(end))).toString();
    }

    private static String kind(Matcher matcher) {
        if (matcher.group("comment") != null) {
            return "tc";
        }
        if (matcher.group("string") != null) {
            return "ts";
        }
        if (matcher.group("magic") != null) {
            return "tm";
        }
        if (matcher.group("annotation") != null) {
            return "ta";
        }
        if (matcher.group("number") != null) {
            return "tn";
        }
        String word = matcher.group("word");
        if (KEYWORDS.contains(word)) {
            return "tk";
        }
        return Character.isUpperCase(word.charAt(0)) ? "tt" : "";
    }
}
