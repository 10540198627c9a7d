package touchstone.kernel.javadoc;

import java.util.List;
import touchstone.kernel.display.HtmlText;
import touchstone.kernel.javadoc.Javadoc.Item;
import touchstone.kernel.javadoc.Javadoc.Section;
import touchstone.kernel.javadoc.Node.Tag;
import touchstone.kernel.javadoc.Node.Text;

/** Writes comments as HTML that front ends let through: known tags without attributes, save where links lead. */
public final class HtmlWriter {
    private HtmlWriter() {}

    public static String signature(String signature) {
        return "<pre><code>" + HtmlText.escape(signature) + "</code></pre>\n";
    }

    public static String title(String title) {
        return "<p><b>" + HtmlText.escape(title) + "</b></p>\n";
    }

    /** The first sentence. */
    public static String summary(Javadoc javadoc) {
        return javadoc.summary().isEmpty() ? "" : "<p>" + nodes(javadoc.summary()) + "</p>\n";
    }

    /** The whole comment. */
    public static String whole(Javadoc javadoc) {
        var html = new StringBuilder();
        if (!javadoc.body().isEmpty()) {
            html.append("<div>").append(nodes(javadoc.body()).strip()).append("</div>\n");
        }
        if (!javadoc.sections().isEmpty()) {
            html.append("<dl>\n");
            javadoc.sections().forEach(each -> section(html, each));
            html.append("</dl>\n");
        }
        return html.toString();
    }

    private static void section(StringBuilder html, Section section) {
        html.append("<dt><b>").append(section.title()).append("</b></dt>\n");
        for (Item item : section.items()) {
            html.append("<dd>");
            if (!item.label().isEmpty()) {
                html.append("<code>").append(HtmlText.escape(item.label())).append("</code>");
                html.append(item.text().isEmpty() ? "" : " – ");
            }
            html.append(nodes(item.text()).strip()).append("</dd>\n");
        }
    }

    private static String nodes(List<Node> nodes) {
        var html = new StringBuilder();
        for (Node node : nodes) {
            if (node instanceof Text text) {
                html.append(HtmlText.escape(text.text()));
            } else if (node instanceof Tag tag) {
                html.append(tag(tag));
            }
        }
        return html.toString();
    }

    private static String tag(Tag tag) {
        return switch (tag.name()) {
            case "br", "hr" -> "<" + tag.name() + ">";
            case "pre" -> "<pre>" + HtmlText.escape(Node.preformatted(tag)) + "</pre>\n";
            case "a" ->
                tag.link().isEmpty()
                        ? nodes(tag.children())
                        : "<a href=\"" + HtmlText.escape(tag.link()) + "\">" + nodes(tag.children()) + "</a>";
            default -> "<" + tag.name() + ">" + nodes(tag.children()) + "</" + tag.name() + ">";
        };
    }
}
