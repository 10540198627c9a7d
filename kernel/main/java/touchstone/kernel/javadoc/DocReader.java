package touchstone.kernel.javadoc;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.IndexTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SummaryTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.UnknownInlineTagTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a run of text and inline tags, as javac parsed it, to nodes. */
final class DocReader extends SimpleDocTreeVisitor<@Nullable Void, @Nullable Void> {
    private static final Pattern SNIPPET = Pattern.compile("\\{@snippet[^:]*:(.*)\\}", Pattern.DOTALL);

    private final DocTrees trees;
    private final Supplier<List<Node>> inherited;
    private final NodeBuilder out = new NodeBuilder();

    private DocReader(DocTrees trees, Supplier<List<Node>> inherited) {
        this.trees = trees;
        this.inherited = inherited;
    }

    /** @param inherited what stands for {@code {@inheritDoc}}, asked only where it is met */
    static List<Node> read(DocTrees trees, List<? extends DocTree> run, Supplier<List<Node>> inherited) {
        var reader = new DocReader(trees, inherited);
        reader.visit(run, null);
        return reader.out.nodes();
    }

    /** A reference as code reads it: {@code List#add(int)} is {@code List.add(int)}. */
    static String reference(@Nullable ReferenceTree reference) {
        return reference == null
                ? ""
                : reference.getSignature().replaceFirst("^#", "").replace('#', '.');
    }

    @Override
    public @Nullable Void visitText(TextTree text, @Nullable Void unused) {
        out.text(text.getBody());
        return null;
    }

    @Override
    public @Nullable Void visitEntity(EntityTree entity, @Nullable Void unused) {
        String characters = trees.getCharacters(entity);
        out.addAll(List.of(new Node.Text(characters == null ? entity.toString() : characters)));
        return null;
    }

    @Override
    public @Nullable Void visitStartElement(StartElementTree tag, @Nullable Void unused) {
        String link = "";
        for (DocTree each : tag.getAttributes()) {
            if (each instanceof AttributeTree attribute
                    && attribute.getName().toString().equalsIgnoreCase("href")
                    && attribute.getValue() != null) {
                link = String.join(
                        "", attribute.getValue().stream().map(Object::toString).toList());
            }
        }
        out.open(name(tag.getName()), link.matches("https?://[^\\s\"'<>]+") ? link : "");
        return null;
    }

    @Override
    public @Nullable Void visitEndElement(EndElementTree tag, @Nullable Void unused) {
        out.close(name(tag.getName()));
        return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
        if (literal.getKind() == DocTree.Kind.CODE) {
            out.code(literal.getBody().getBody());
        } else {
            out.addAll(List.of(new Node.Text(literal.getBody().getBody())));
        }
        return null;
    }

    @Override
    public @Nullable Void visitLink(LinkTree link, @Nullable Void unused) {
        if (link.getLabel().isEmpty()) {
            out.code(reference(link.getReference()));
        } else if (link.getKind() == DocTree.Kind.LINK) {
            out.code(Node.textOf(read(trees, link.getLabel(), inherited)));
        } else {
            visit(link.getLabel(), null);
        }
        return null;
    }

    @Override
    public @Nullable Void visitValue(ValueTree value, @Nullable Void unused) {
        out.code(reference(value.getReference()));
        return null;
    }

    @Override
    public @Nullable Void visitSystemProperty(SystemPropertyTree property, @Nullable Void unused) {
        out.code(property.getPropertyName().toString());
        return null;
    }

    @Override
    public @Nullable Void visitIndex(IndexTree index, @Nullable Void unused) {
        index.getSearchTerm().accept(this, null);
        return null;
    }

    @Override
    public @Nullable Void visitSummary(SummaryTree summary, @Nullable Void unused) {
        visit(summary.getSummary(), null);
        return null;
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree result, @Nullable Void unused) {
        out.text("Returns ");
        visit(result.getDescription(), null);
        out.text(".");
        return null;
    }

    @Override
    public @Nullable Void visitInheritDoc(InheritDocTree tag, @Nullable Void unused) {
        out.addAll(inherited.get());
        return null;
    }

    /** A bare {@code <} or {@code &}, or a tag that is broken: shown as it was written. */
    @Override
    public @Nullable Void visitErroneous(ErroneousTree broken, @Nullable Void unused) {
        out.text(broken.getBody());
        return null;
    }

    @Override
    public @Nullable Void visitUnknownInlineTag(UnknownInlineTagTree tag, @Nullable Void unused) {
        if (!snippet(tag)) {
            visit(tag.getContent(), null);
        }
        return null;
    }

    /** Tags that are newer than the language level of this kernel: snippets and Markdown comments. */
    @Override
    protected @Nullable Void defaultAction(DocTree tree, @Nullable Void unused) {
        if (tree.getKind() != DocTree.Kind.COMMENT && tree.getKind() != DocTree.Kind.DOC_ROOT && !snippet(tree)) {
            boolean markdown = tree.getKind().name().equals("MARKDOWN");
            out.text(markdown ? tree.toString() : "");
        }
        return null;
    }

    private boolean snippet(DocTree tree) {
        Matcher found = SNIPPET.matcher(tree.toString());
        boolean is = found.matches();
        if (is) {
            out.pre(found.group(1));
        }
        return is;
    }

    private static String name(CharSequence name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
