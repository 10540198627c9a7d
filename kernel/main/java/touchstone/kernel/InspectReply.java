package touchstone.kernel;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import touchstone.kernel.display.HtmlText;
import touchstone.kernel.display.MimeBundle;
import touchstone.kernel.protocol.Content;

/** Writes signatures and javadoc as the content of an inspect_reply, as text and as HTML. */
final class InspectReply {
    private static final Pattern LINK = Pattern.compile("\\{@(?:link|linkplain|code|literal|value)\\s+([^}]*)\\}");
    private static final int SHOWN = 6;

    private InspectReply() {}

    /** @param detail 0 for signatures and the first paragraph, 1 for everything */
    static JsonObject of(List<Documentation> found, int detail) {
        JsonObject reply = Content.ok();
        reply.addProperty("found", !found.isEmpty());
        var data = new JsonObject();
        if (!found.isEmpty()) {
            data.addProperty(MimeBundle.TEXT, text(found, detail));
            data.addProperty(MimeBundle.HTML, html(found, detail));
        }
        reply.add("data", data);
        reply.add("metadata", new JsonObject());
        return reply;
    }

    private static String text(List<Documentation> found, int detail) {
        var parts = new ArrayList<String>();
        for (Documentation each : shown(found, detail)) {
            String body = comment(each, detail).replaceAll("<[^>]*>", "").strip();
            parts.add(each.signature()
                    + (body.isEmpty() ? "" : "\n\n" + body.indent(4).stripTrailing()));
        }
        return String.join("\n\n", parts);
    }

    private static String html(List<Documentation> found, int detail) {
        var html = new StringBuilder();
        for (Documentation each : shown(found, detail)) {
            html.append("<pre><code>").append(HtmlText.escape(each.signature())).append("</code></pre>");
            String body = comment(each, detail);
            if (!body.isBlank()) {
                html.append("<div>").append(body).append("</div>");
            }
        }
        return html.toString();
    }

    private static List<Documentation> shown(List<Documentation> found, int detail) {
        return detail > 0 ? found : found.subList(0, Math.min(SHOWN, found.size()));
    }

    private static String comment(Documentation each, int detail) {
        String javadoc = each.javadoc();
        if (javadoc == null) {
            return "";
        }
        String body = LINK.matcher(javadoc)
                .replaceAll(match -> "<code>" + match.group(1).replace("$", "\\$") + "</code>");
        int tags = body.indexOf("\n @");
        return detail > 0 || tags < 0 ? body.strip() : body.substring(0, tags).strip();
    }
}
