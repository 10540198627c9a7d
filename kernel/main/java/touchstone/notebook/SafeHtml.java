package touchstone.notebook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML that a stranger's code displayed, made harmless: text, tables and lists stay, pictures that are in the text stay as
 * pictures, all attributes but a table's spans go, and scripts, styles, forms, frames and links go with what is in them.
 */
final class SafeHtml {
    private static final Pattern DROPPED = Pattern.compile(
            "(?is)<(script|style|iframe|object|template|noscript|textarea|select|title|head)\\b[^>]*>.*?(</\\1\\s*>|\\z)");
    private static final Pattern DRAWING = Pattern.compile("(?is)<svg\\b[^>]*>.*?(</svg\\s*>|\\z)");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\"[^\"]*+\"|'[^']*+'|[^>\"']++){0,99}+)>");
    private static final Pattern PICTURE = Pattern.compile(
            "(?is)\\bsrc\\s*=\\s*[\"']?(data:image/(?:png|jpeg|gif|webp|svg\\+xml);base64,[a-z0-9+/=\\s]*)");
    private static final Pattern SPAN = Pattern.compile("(?i)\\b(colspan|rowspan)\\s*=\\s*[\"']?([1-9][0-9]{0,2})\\b");
    private static final Set<String> KEPT = Set.of(
            "b",
            "i",
            "em",
            "strong",
            "u",
            "s",
            "sub",
            "sup",
            "small",
            "code",
            "kbd",
            "var",
            "mark",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "caption",
            "ul",
            "ol",
            "li",
            "p",
            "div",
            "span",
            "pre",
            "blockquote",
            "dl",
            "dt",
            "dd",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "br",
            "hr",
            "details",
            "summary");

    private SafeHtml() {}

    /** The harmless part, in a box of its own that open tags do not leave. */
    static String of(String html) {
        String drawn = DRAWING.matcher(html.replace("\0", ""))
                .replaceAll(match -> Matcher.quoteReplacement(picture(match.group())));
        String text =
                DROPPED.matcher(drawn.replaceAll("(?s)<!--.*?(-->|\\z)", "")).replaceAll("");
        var tags = new OpenTags();
        Matcher matcher = TAG.matcher(text);
        int end = 0;
        while (matcher.find()) {
            tags.out.append(text(text.substring(end, matcher.start())));
            tag(tags, matcher.group(1).isEmpty(), matcher.group(2).toLowerCase(Locale.ROOT), matcher.group(3));
            end = matcher.end();
        }
        return tags.closed(text(text.substring(end)));
    }

    private static void tag(OpenTags tags, boolean opens, String name, String attributes) {
        Matcher picture = PICTURE.matcher(attributes);
        if (name.equals("img") && picture.find()) {
            tags.out
                    .append("<img alt=\"picture\" src=\"")
                    .append(picture.group(1).replaceAll("\\s", ""))
                    .append("\">");
        } else if (!KEPT.contains(name)) {
            return;
        } else if (!opens) {
            tags.close(name);
        } else {
            var spans = new StringBuilder();
            Matcher span = SPAN.matcher(attributes);
            while (span.find()) {
                spans.append(' ')
                        .append(span.group(1))
                        .append("=\"")
                        .append(span.group(2))
                        .append('"');
            }
            tags.open(name, spans.toString());
        }
    }

    /** A drawing as a picture, in which browsers run no script and load nothing. */
    private static String picture(String svg) {
        String named = svg.contains("xmlns=")
                ? svg
                : svg.replaceFirst("(?i)<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"");
        return "<img src=\"data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(named.getBytes(StandardCharsets.UTF_8)) + "\">";
    }

    /** Text between tags: entities stay as they are, and what looks like a tag but is none is shown. */
    private static String text(String raw) {
        return raw.replace("<", "&lt;").replace(">", "&gt;");
    }
}
