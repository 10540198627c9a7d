package touchstone.notebook;

import com.google.gson.JsonElement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * A notebook as one HTML page that needs no network: styles, images and, where there are formulas, their typesetter are
 * in the page. Light or dark as the reader's system is; prints well. Outputs are shown as the run left them, scripts in
 * them included: export what you trust.
 */
public final class HtmlExport {
    private static final String KATEX = "META-INF/resources/webjars/katex/";
    private static final String KATEX_VERSION = "META-INF/maven/org.webjars.npm/katex/pom.properties";
    private final MarkdownHtml markdown;
    private final OutputHtml outputs;

    private HtmlExport(Path source, boolean trusted) {
        Path folder = source.toAbsolutePath().getParent();
        markdown = new MarkdownHtml(folder == null ? source.toAbsolutePath() : folder, trusted);
        outputs = new OutputHtml(markdown, trusted);
    }

    /**
     * Writes the page in one step.
     *
     * @param source names the page when the notebook has no title; relative images are looked for beside it
     */
    public static void write(Notebook notebook, Path source, Path target) throws NotebookException {
        AtomicFile.write(target, html(notebook, source));
    }

    /** The page's text. */
    public static String html(Notebook notebook, Path source) {
        var export = new HtmlExport(source, true);
        var body = new StringBuilder();
        notebook.cells().forEach(cell -> body.append(export.cell(cell)));
        return page("", title(notebook, source), "", body.toString(), export.scripts());
    }

    /**
     * A notebook that a stranger wrote, as a page that can be opened without harm: HTML in outputs is filtered, no file
     * outside the notebook's folder is read, and the page forbids the browser all scripts but the typesetter of formulas, and
     * all loading.
     *
     * @param source images are looked for beside it
     * @param frame what stands around the cells
     */
    public static String untrusted(Notebook notebook, Path source, PageFrame frame) {
        var export = new HtmlExport(source, false);
        var body = new StringBuilder(frame.head());
        for (Cell cell : notebook.cells()) {
            body.append(frame.before(cell)).append(export.cell(cell)).append(frame.after(cell, export.markdown::html));
        }
        List<String> scripts = export.scripts();
        return page(policy(scripts), frame.title(), frame.style(), body.toString(), scripts);
    }

    /**
     * A page in the style of all pages, which runs no script and loads nothing.
     *
     * @param title plain text
     * @param style rules besides those of every page
     * @param body HTML that is trusted
     */
    public static String page(String title, String style, String body) {
        return page(policy(List.of()), title, style, body, List.of());
    }

    private static String page(String policy, String title, String style, String body, List<String> scripts) {
        var tail = new StringBuilder();
        scripts.forEach(script -> tail.append("<script>").append(script).append("</script>\n"));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                %s<meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="generator" content="Touchstone">
                <title>%s</title>
                <style>
                %s%s</style>
                </head>
                <body>
                <main>
                %s</main>
                %s</body>
                </html>
                """
                .formatted(policy, Html.escape(title), resource("touchstone/notebook/notebook.css"), style, body, tail);
    }

    /** The typesetter, where there are formulas. */
    private List<String> scripts() {
        return markdown.hasFormulas() ? List.of(katex(), "\n" + resource("touchstone/notebook/typeset.js")) : List.of();
    }

    private static String policy(List<String> scripts) {
        var allowed = new StringBuilder();
        try {
            for (String script : scripts) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
                allowed.append(" 'sha256-")
                        .append(Base64.getEncoder().encodeToString(digest))
                        .append('\'');
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                + "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src"
                + (allowed.isEmpty() ? " 'none'" : allowed) + "\">\n";
    }

    private static String title(Notebook notebook, Path source) {
        for (Cell cell : notebook.cells()) {
            String title = cell.type().equals("markdown") ? MarkdownHtml.title(cell.source()) : "";
            if (!title.isEmpty()) {
                return title;
            }
        }
        return String.valueOf(source.getFileName());
    }

    private String cell(Cell cell) {
        if (cell.hasTag("remove-cell")) {
            return "";
        }
        String html =
                switch (cell.type()) {
                    case "markdown" ->
                        "<section class=\"text\">\n"
                                + markdown.html(cell.source(), Json.object(cell.json(), "attachments"))
                                + "</section>\n";
                    case "code" -> code(cell);
                    default -> "<pre class=\"raw\">" + Html.escape(cell.source()) + "</pre>\n";
                };
        return cell.hasTag("hide-cell") ? folded("Cell", html) : html;
    }

    private String code(Cell cell) {
        var html = new StringBuilder("<section class=\"code\" id=\"cell-" + Html.escape(cell.id()) + "\">\n");
        if (!cell.hasTag("remove-input") && !cell.source().isBlank()) {
            String count = cell.executionCount() < 0 ? " " : Integer.toString(cell.executionCount());
            String input = "<div class=\"in\" data-count=\"" + count + "\"><pre class=\"source\"><code>"
                    + JavaHighlighter.html(cell.source()) + "</code></pre></div>\n";
            html.append(cell.hasTag("hide-input") ? folded("Code", input) : input);
        }
        if (!cell.hasTag("remove-output") && !cell.outputs().isEmpty()) {
            var shown = new StringBuilder("<div class=\"out\">\n");
            for (JsonElement output : cell.outputs()) {
                shown.append(outputs.html(output.getAsJsonObject()));
            }
            shown.append("</div>\n");
            html.append(cell.hasTag("hide-output") ? folded("Output", shown.toString()) : shown);
        }
        return html.append("</section>\n").toString();
    }

    private static String folded(String summary, String html) {
        return "<details class=\"fold\"><summary>" + summary + "</summary>\n" + html + "</details>\n";
    }

    private static String katex() {
        var about = new Properties();
        try (InputStream in = open(KATEX_VERSION)) {
            about.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + KATEX_VERSION, e);
        }
        String script = resource(KATEX + about.getProperty("version") + "/dist/katex.min.js");
        return script.replace("</script", "<\\/script");
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = HtmlExport.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the class path lacks " + name);
        }
        return in;
    }

    /** A text file of the class path, lines ended by a line feed. */
    public static String resource(String name) {
        try (var reader = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            var text = new StringBuilder();
            reader.lines().forEach(line -> text.append(line).append('\n'));
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
