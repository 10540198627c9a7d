package touchstone.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes formulas out of Markdown before it is rendered, so that {@code _} and {@code \\} in them stay, and puts them
 * back after. Known are {@code $..$}, {@code $$..$$}, {@code \(..\)}, {@code \[..\]} (also with doubled backslashes) and
 * {@code \begin{x}..\end{x}}; code is left alone.
 */
final class MathText {
    private static final String BODY = "(?:[^$\\\\\\n]++|\\\\(?s:.)|\\n(?![ \\t]*\\n))";
    private static final Pattern PIECE = Pattern.compile("(?<code>(?m:^)[ ]{0,3}(?<fence>`{3,}|~{3,})[^\\n]*\\n(?s:.*?)"
            + "(?:(?m:^)[ ]{0,3}\\k<fence>[`~]*[ \\t]*(?m:$)|\\z)"
            + "|(?<!`)(?<tick>`+)(?!`)(?s:.*?)(?<!`)\\k<tick>(?!`))"
            + "|(?<display>\\$\\$(?s:.+?)\\$\\$|\\\\\\\\\\[(?s:.+?)\\\\\\\\\\]|\\\\\\[(?s:.+?)\\\\\\]"
            + "|\\\\begin\\{(?<env>[a-zA-Z]+\\*?)\\}(?s:.+?)\\\\end\\{\\k<env>\\})"
            + "|(?<escaped>\\\\\\$)"
            + "|(?<inline>\\\\\\\\\\((?s:.+?)\\\\\\\\\\)|\\\\\\((?s:.+?)\\\\\\)"
            + "|\\$(?![\\s$])" + BODY + "+?(?<!\\s)\\$(?!\\d))");
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    private static final Pattern MARK = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

    private final List<String> formulas = new ArrayList<>();
    private final String marked;

    MathText(String markdown) {
        var out = new StringBuilder();
        String text = markdown.replace(OPEN, ' ').replace(CLOSE, ' ');
        Matcher matcher = PIECE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            out.append(text, end, matcher.start());
            end = matcher.end();
            boolean display = matcher.group("display") != null;
            if (display || matcher.group("inline") != null) {
                out.append(OPEN).append(formulas.size()).append(CLOSE);
                formulas.add(html(matcher.group(), display));
            } else {
                out.append(matcher.group());
            }
        }
        marked = out.append(text.substring(end)).toString();
    }

    /** The text with a mark in the place of each formula. */
    String marked() {
        return marked;
    }

    boolean found() {
        return !formulas.isEmpty();
    }

    /** The formulas back in their places in the rendered HTML. */
    String restore(String html) {
        return MARK.matcher(html).replaceAll(mark -> {
            int index = Integer.parseInt(mark.group(1));
            return index < formulas.size() ? Matcher.quoteReplacement(formulas.get(index)) : "";
        });
    }

    /** Shows the TeX source until a script typesets it. */
    private static String html(String source, boolean display) {
        String tex = source;
        if (source.startsWith("$$") || source.startsWith("\\[") || source.startsWith("\\(")) {
            tex = source.substring(2, source.length() - 2);
        } else if (source.startsWith("\\\\")) {
            tex = source.substring(3, source.length() - 3);
        } else if (source.startsWith("$")) {
            tex = source.substring(1, source.length() - 1);
        }
        return "<span class=\"math" + (display ? " display" : "") + "\" data-tex=\""
                + Html.escape(tex.strip()).replace("\n", "&#10;") + "\">" + Html.escape(source) + "</span>";
    }
}
