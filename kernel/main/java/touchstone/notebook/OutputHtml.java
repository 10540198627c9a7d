package touchstone.notebook;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import touchstone.kernel.display.MimeBundle;

/** The outputs of a cell as HTML, each in the richest of its formats. */
final class OutputHtml {
    private static final List<String> RICHEST_FIRST = List.of(
            MimeBundle.HTML,
            MimeBundle.SVG,
            MimeBundle.PNG,
            MimeBundle.JPEG,
            "image/gif",
            "image/webp",
            MimeBundle.MARKDOWN,
            MimeBundle.LATEX,
            MimeBundle.JSON,
            MimeBundle.TEXT);

    private final MarkdownHtml markdown;

    private final boolean trusted;

    /**
     * @param trusted whether HTML is shown as it is, scripts in it included
     */
    OutputHtml(MarkdownHtml markdown, boolean trusted) {
        this.markdown = markdown;
        this.trusted = trusted;
    }

    String html(JsonObject output) {
        return switch (Json.text(output, "output_type", "")) {
            case "stream" -> {
                String name = Json.text(output, "name", "stdout").equals("stderr") ? "stderr" : "stdout";
                yield pre(name, AnsiHtml.html(Json.joined(output.get("text"))));
            }
            case "error" -> error(output);
            default -> bundle(Json.object(output, "data"), Json.object(output, "metadata"));
        };
    }

    private static String pre(String cssClass, String html) {
        return "<pre class=\"" + cssClass + "\">" + html + "</pre>\n";
    }

    private static String error(JsonObject output) {
        var text = new StringBuilder();
        for (JsonElement line : Json.array(output, "traceback")) {
            text.append(text.isEmpty() ? "" : "\n").append(Json.joined(line));
        }
        String name = Json.text(output, "ename", "Error");
        String value = Json.text(output, "evalue", "");
        String head = value.isEmpty() ? name : name + ": " + value;
        return pre(
                "error", AnsiHtml.html(text.isEmpty() ? head : text.toString().stripTrailing()));
    }

    private String bundle(JsonObject data, JsonObject metadata) {
        for (String mime : RICHEST_FIRST) {
            JsonElement value = data.get(mime);
            if (value != null && !value.isJsonNull()) {
                return "<div class=\"rich\">" + rich(mime, value, Json.object(metadata, mime)) + "</div>\n";
            }
        }
        return "";
    }

    private String rich(String mime, JsonElement value, JsonObject about) {
        String text = Json.joined(value);
        return switch (mime) {
            case MimeBundle.HTML -> trusted ? text : SafeHtml.of(text);
            case MimeBundle.SVG ->
                image(mime, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)), about);
            case MimeBundle.MARKDOWN -> markdown.html(text);
            case MimeBundle.LATEX ->
                markdown.html(text.contains("$") || text.contains("\\begin") ? text : "$$" + text + "$$");
            case MimeBundle.JSON ->
                pre(
                        "stdout",
                        Html.escape(new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(value)));
            case MimeBundle.TEXT -> pre("stdout", AnsiHtml.html(text));
            default -> image(mime, text.replaceAll("\\s", ""), about);
        };
    }

    private static String image(String mime, String base64, JsonObject about) {
        int width = Json.integer(about, "width", 0);
        int height = Json.integer(about, "height", 0);
        String alt = Json.text(about, "alt", "output");
        return "<img alt=\"" + Html.escape(alt) + "\"" + (width > 0 ? " width=\"" + width + "\"" : "")
                + (height > 0 ? " height=\"" + height + "\"" : "") + " src=\"data:" + mime + ";base64,"
                + Html.escape(base64) + "\">";
    }
}
