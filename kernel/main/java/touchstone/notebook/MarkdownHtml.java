package touchstone.notebook;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.commonmark.renderer.html.UrlSanitizer;

/**
 * Markdown as HTML that needs no network: raw HTML is filtered, formulas are kept for typesetting, images come from the
 * cell or from files beside the notebook, images elsewhere become links.
 */
final class MarkdownHtml {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private final Path folder;
    private final boolean trusted;
    private boolean formulas;

    /**
     * @param folder where images named by a relative path are looked for
     */
    MarkdownHtml(Path folder) {
        this(folder, true);
    }

    /**
     * @param trusted whether images outside the folder may be read
     */
    MarkdownHtml(Path folder, boolean trusted) {
        this.folder = folder;
        this.trusted = trusted;
    }

    /** True when a text that was rendered had a formula. */
    boolean hasFormulas() {
        return formulas;
    }

    String html(String markdown) {
        return html(markdown, new JsonObject());
    }

    /**
     * @param attachments of the cell: name to MIME bundle
     */
    String html(String markdown, JsonObject attachments) {
        var math = new MathText(markdown);
        formulas |= math.found();
        Node document = PARSER.parse(math.marked());
        document.accept(new PageImages(folder, trusted, attachments));
        var tags = new SafeTags();
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .nodeRendererFactory(context -> new Nodes(context, tags))
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof Heading) {
                        attributes.put("id", textOf(node).strip().replaceAll("\\s+", "-"));
                    }
                })
                .sanitizeUrls(true)
                .urlSanitizer(new Urls())
                .build();
        String html = renderer.render(document) + tags.close();
        return math.restore(html);
    }

    /** The text of the first heading of level 1, or the empty text. */
    static String title(String markdown) {
        for (Node node = PARSER.parse(markdown).getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 1) {
                return textOf(heading).strip();
            }
        }
        return "";
    }

    private static String textOf(Node node) {
        var text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text piece) {
                text.append(piece.getLiteral());
            }

            @Override
            public void visit(Code piece) {
                text.append(piece.getLiteral());
            }
        });
        return text.toString();
    }

    /** Raw HTML and fenced code. */
    private record Nodes(HtmlNodeRendererContext context, SafeTags tags) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(HtmlBlock.class, HtmlInline.class, FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            HtmlWriter writer = context.getWriter();
            if (node instanceof HtmlBlock block) {
                writer.line();
                writer.raw(tags.filter(block.getLiteral()));
                writer.line();
            } else if (node instanceof HtmlInline inline) {
                writer.raw(tags.filter(inline.getLiteral()));
            } else if (node instanceof FencedCodeBlock code) {
                String language =
                        code.getInfo() == null ? "" : code.getInfo().strip().toLowerCase(Locale.ROOT);
                boolean java = language.startsWith("java") && !language.startsWith("javascript");
                String source = code.getLiteral();
                writer.line();
                writer.raw("<pre class=\"source\"><code>" + (java ? JavaHighlighter.html(source) : Html.escape(source))
                        + "</code></pre>");
                writer.line();
            }
        }
    }

    private static final class Urls implements UrlSanitizer {
        @Override
        public String sanitizeLinkUrl(String url) {
            String scheme = url.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
            return scheme.matches("(?s)[a-z][a-z0-9+.-]*:.*") && !scheme.matches("(?s)(https?|mailto):.*") ? "" : url;
        }

        @Override
        public String sanitizeImageUrl(String url) {
            return url.startsWith("data:image/") ? url : "";
        }
    }
}
