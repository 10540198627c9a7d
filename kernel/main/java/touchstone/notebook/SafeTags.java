package touchstone.notebook;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Raw HTML of Markdown made safe: a few tags without attributes pass (so that a folded solution folds), everything else
 * is shown as text. Tags that are left open are closed at the end, closing tags without an opening one are shown.
 */
final class SafeTags {
    private static final Pattern TAG =
            Pattern.compile("<!--(?s:.*?)(?:-->|\\z)|<(/?)([a-zA-Z][a-zA-Z0-9]*)(\\s+open)?\\s*(/?)>");
    private static final Pattern ENTITY = Pattern.compile("&amp;(#?[a-zA-Z0-9]{1,31};)");
    private static final Set<String> EMPTY = Set.of("br", "hr");
    private static final Set<String> PAIRED = Set.of(
            "details",
            "summary",
            "sub",
            "sup",
            "kbd",
            "b",
            "i",
            "em",
            "strong",
            "u",
            "s",
            "mark",
            "small",
            "code",
            "center",
            "table",
            "thead",
            "tbody",
            "tr",
            "td",
            "th",
            "ul",
            "ol",
            "li",
            "p",
            "blockquote",
            "dl",
            "dt",
            "dd",
            "var");

    private final Deque<String> open = new ArrayDeque<>();

    /** A piece of raw HTML as safe HTML; call in the order of the document. */
    String filter(String raw) {
        var out = new StringBuilder();
        Matcher matcher = TAG.matcher(raw);
        int end = 0;
        while (matcher.find()) {
            out.append(text(raw.substring(end, matcher.start())));
            out.append(tag(matcher));
            end = matcher.end();
        }
        return out.append(text(raw.substring(end))).toString();
    }

    private String tag(Matcher matcher) {
        if (matcher.group(2) == null) {
            return ""; // a comment
        }
        String name = matcher.group(2).toLowerCase(Locale.ROOT);
        if (EMPTY.contains(name)) {
            return "<" + name + ">";
        }
        if (!PAIRED.contains(name)) {
            return Html.escape(matcher.group());
        }
        if (matcher.group(1).isEmpty()) {
            open.push(name);
            return "<" + name + (matcher.group(3) != null && name.equals("details") ? " open" : "") + ">";
        }
        if (!open.contains(name)) {
            return Html.escape(matcher.group());
        }
        var out = new StringBuilder();
        String last;
        do {
            last = open.pop();
            out.append("</").append(last).append('>');
        } while (!last.equals(name));
        return out.toString();
    }

    private static String text(String raw) {
        return ENTITY.matcher(Html.escape(raw)).replaceAll("&$1");
    }

    /** The closing tags that are still due. */
    String close() {
        var out = new StringBuilder();
        while (!open.isEmpty()) {
            out.append("</").append(open.pop()).append('>');
        }
        return out.toString();
    }
}
