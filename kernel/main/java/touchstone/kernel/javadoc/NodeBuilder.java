package touchstone.kernel.javadoc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import touchstone.kernel.javadoc.Node.Tag;
import touchstone.kernel.javadoc.Node.Text;

/** Makes nodes of a comment's tags and texts, which are often left open, closed twice or nested badly. */
final class NodeBuilder {
    private static final Set<String> BLOCKS = Set.of(
            "p", "pre", "ul", "ol", "dl", "table", "blockquote", "hr", "div", "h1", "h2", "h3", "h4", "h5", "h6");
    private static final Set<String> INLINE = Set.of("code", "b", "i", "sub", "sup", "a");
    private static final Set<String> VOID = Set.of("br", "hr");
    /** What a tag closes when it is opened anew, as far as the tag that holds it. */
    private static final Map<String, Set<String>> PARTS = Map.of(
            "li", Set.of("ul", "ol"),
            "dt", Set.of("dl"),
            "dd", Set.of("dl"),
            "tr", Set.of("table"),
            "td", Set.of("tr"),
            "th", Set.of("tr"),
            "caption", Set.of("table"));

    private static final Map<String, String> SAME = Map.of(
            "strong", "b", "em", "i", "cite", "i", "var", "i", "dfn", "i", "tt", "code", "kbd", "code", "samp", "code",
            "div", "p", "center", "p");

    private record Open(String name, String link, List<Node> children) {}

    private final Deque<Open> open = new ArrayDeque<>();

    NodeBuilder() {
        open.push(new Open("", "", new ArrayList<>()));
    }

    boolean preformatted() {
        return isOpen("pre");
    }

    /** Opens a tag of HTML; what is not known leaves only its content. */
    void open(String htmlName, String link) {
        String name = SAME.getOrDefault(htmlName, htmlName);
        if (BLOCKS.contains(name)) {
            closeParagraph();
        } else if (PARTS.containsKey(name)) {
            closeWithin(PARTS.get(name));
        } else if (!INLINE.contains(name) && !VOID.contains(name)) {
            return;
        }
        if (VOID.contains(name)) {
            add(new Tag(name, "", List.of()));
        } else {
            open.push(new Open(name, link, new ArrayList<>()));
        }
    }

    /** Closes a tag and what was left open in it; nothing when it is not open. */
    void close(String htmlName) {
        String name = SAME.getOrDefault(htmlName, htmlName);
        if (isOpen(name)) {
            while (!pop().equals(name)) {
                // left open within
            }
        }
    }

    /** Text of the comment; an empty line begins a paragraph, for many write comments without tags. */
    void text(String text) {
        if (preformatted()) {
            add(new Text(text));
            return;
        }
        String[] paragraphs = text.split("\\n[ \\t]*\\n", -1);
        for (int i = 0; i < paragraphs.length; i++) {
            Open inner = open.element();
            if (i > 0 && (inner.name().isEmpty() || inner.name().equals("p"))) {
                open("p", "");
            }
            addCollapsed(paragraphs[i]);
        }
    }

    void code(String text) {
        add(new Tag("code", "", List.of(new Text(preformatted() ? text : text.replaceAll("\\s+", " ")))));
    }

    void pre(String text) {
        closeParagraph();
        add(new Tag("pre", "", List.of(new Text(text))));
    }

    void addAll(List<Node> nodes) {
        nodes.forEach(this::add);
    }

    /** What was built, all closed. */
    List<Node> nodes() {
        while (open.size() > 1) {
            pop();
        }
        return List.copyOf(open.element().children());
    }

    private void addCollapsed(String text) {
        String collapsed = text.replaceAll("\\s+", " ");
        if (!collapsed.isEmpty()) {
            add(new Text(collapsed));
        }
    }

    private void add(Node node) {
        open.element().children().add(node);
    }

    private boolean isOpen(String name) {
        return open.stream().anyMatch(each -> each.name().equals(name));
    }

    /** A block ends a paragraph, and what stands in it unclosed, within the innermost list item or cell. */
    private void closeParagraph() {
        for (Open each : open) {
            if (each.name().equals("p")) {
                close("p");
                return;
            }
            if (!INLINE.contains(each.name())) {
                return;
            }
        }
    }

    private void closeWithin(Set<String> holders) {
        if (open.stream().anyMatch(each -> holders.contains(each.name()))) {
            while (!holders.contains(open.element().name())) {
                pop();
            }
        }
    }

    private String pop() {
        Open closed = open.pop();
        boolean blank =
                closed.name().equals("p") && Node.textOf(closed.children()).isBlank();
        if (!blank) {
            add(new Tag(closed.name(), closed.link(), closed.children()));
        }
        return closed.name();
    }
}
