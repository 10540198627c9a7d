package touchstone.kernel.javadoc;

import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.SeeTree;
import com.sun.source.doctree.SinceTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.UnknownBlockTagTree;
import com.sun.source.util.DocTrees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import touchstone.kernel.javadoc.Javadoc.Item;
import touchstone.kernel.javadoc.Javadoc.Section;
import touchstone.kernel.javadoc.Node.Tag;
import touchstone.kernel.javadoc.Node.Text;

/** Reads a comment with its block tags. */
final class CommentReader {
    private static final Map<String, String> NOTES = Map.of(
            "apiNote", "API note",
            "implSpec", "Implementation requirements",
            "implNote", "Implementation note");
    private static final List<String> ORDER = List.of(
            Javadoc.DEPRECATED,
            Javadoc.TYPE_PARAMETERS,
            Javadoc.PARAMETERS,
            Javadoc.RETURNS,
            Javadoc.THROWS,
            "API note",
            "Implementation requirements",
            "Implementation note",
            Javadoc.SINCE,
            Javadoc.SEE);

    private final DocTrees trees;
    private final Supplier<Javadoc> above;
    private final Map<String, List<Item>> sections = new LinkedHashMap<>();

    private CommentReader(DocTrees trees, Supplier<Javadoc> above) {
        this.trees = trees;
        this.above = above;
        ORDER.forEach(title -> sections.put(title, new ArrayList<>()));
    }

    /** @param above the comment of what is overridden, asked only where {@code {@inheritDoc}} is met */
    static Javadoc read(DocTrees trees, DocCommentTree comment, Supplier<Javadoc> above) {
        return new CommentReader(trees, above).read(comment);
    }

    private Javadoc read(DocCommentTree comment) {
        List<Node> body = nodes(comment.getFullBody(), Javadoc::body);
        List<Node> summary = nodes(comment.getFirstSentence(), Javadoc::summary);
        comment.getBlockTags().forEach(this::block);
        comment.getFullBody().forEach(tree -> {
            if (tree instanceof ReturnTree result && none(Javadoc.RETURNS)) {
                put(Javadoc.RETURNS, "", nodes(result.getDescription(), CommentReader::result));
            }
        });
        var filled = new ArrayList<Section>();
        sections.forEach((title, items) -> {
            if (!items.isEmpty()) {
                filled.add(new Section(title, items));
            }
        });
        return new Javadoc(summary, body, filled);
    }

    private void block(DocTree tag) {
        if (tag instanceof ParamTree param) {
            String name = param.getName().toString();
            String label = param.isTypeParameter() ? "<" + name + ">" : name;
            String title = param.isTypeParameter() ? Javadoc.TYPE_PARAMETERS : Javadoc.PARAMETERS;
            put(title, label, nodes(param.getDescription(), doc -> doc.item(title, label)));
        } else if (tag instanceof ReturnTree result) {
            put(Javadoc.RETURNS, "", nodes(result.getDescription(), CommentReader::result));
        } else if (tag instanceof ThrowsTree thrown) {
            String label = DocReader.reference(thrown.getExceptionName());
            put(Javadoc.THROWS, label, nodes(thrown.getDescription(), doc -> doc.item(Javadoc.THROWS, label)));
        } else if (tag instanceof DeprecatedTree deprecated) {
            put(Javadoc.DEPRECATED, "", nodes(deprecated.getBody(), doc -> List.of()));
        } else if (tag instanceof SinceTree since) {
            put(Javadoc.SINCE, "", nodes(since.getBody(), doc -> List.of()));
        } else if (tag instanceof SeeTree see) {
            put(Javadoc.SEE, "", see(see.getReference()));
        } else if (tag instanceof UnknownBlockTagTree note && NOTES.containsKey(note.getTagName())) {
            put(NOTES.getOrDefault(note.getTagName(), ""), "", nodes(note.getContent(), doc -> List.of()));
        }
    }

    private static List<Node> result(Javadoc doc) {
        return doc.item(Javadoc.RETURNS, "");
    }

    private List<Node> see(List<? extends DocTree> reference) {
        if (reference.size() == 1 && reference.get(0) instanceof ReferenceTree name) {
            return List.of(new Tag("code", "", List.of(new Text(DocReader.reference(name)))));
        }
        boolean labelled = reference.size() > 1 && reference.get(0) instanceof ReferenceTree;
        return nodes(labelled ? reference.subList(1, reference.size()) : reference, doc -> List.of());
    }

    private List<Node> nodes(List<? extends DocTree> run, Function<Javadoc, List<Node>> inherited) {
        return DocReader.read(trees, run, () -> inherited.apply(above.get()));
    }

    private boolean none(String title) {
        return items(title).isEmpty();
    }

    private void put(String title, String label, List<Node> text) {
        items(title).add(new Item(label, text));
    }

    private List<Item> items(String title) {
        return sections.computeIfAbsent(title, key -> new ArrayList<>());
    }
}
