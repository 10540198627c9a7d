package touchstone.kernel.javadoc;

import java.util.List;

/** A piece of a comment: text, or a tag around pieces. Tags are HTML's names, of a known few. */
public sealed interface Node {
    /** Text as it is to be read, nothing escaped; white space is one blank each, but as written within {@code pre}. */
    record Text(String text) implements Node {}

    /**
     * A tag.
     *
     * @param name such as {@code p}, {@code code} or {@code ul}
     * @param link where an {@code a} leads, else empty
     */
    record Tag(String name, String link, List<Node> children) implements Node {
        public Tag {
            children = List.copyOf(children);
        }
    }

    /** The bare text. */
    static String textOf(List<Node> nodes) {
        var text = new StringBuilder();
        for (Node node : nodes) {
            if (node instanceof Text plain) {
                text.append(plain.text());
            } else if (node instanceof Tag tag) {
                text.append(tag.name().equals("br") ? "\n" : textOf(tag.children()));
            }
        }
        return text.toString();
    }

    /** What a {@code pre} shows: no empty lines around it, no indentation that all lines have. */
    static String preformatted(Tag pre) {
        String text = textOf(pre.children());
        return text.replaceFirst("^(?:[ \\t]*\\n)+", "").stripTrailing().stripIndent();
    }
}
