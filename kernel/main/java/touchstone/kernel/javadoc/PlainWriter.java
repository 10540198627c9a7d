package touchstone.kernel.javadoc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import touchstone.kernel.javadoc.Javadoc.Item;
import touchstone.kernel.javadoc.Javadoc.Section;
import touchstone.kernel.javadoc.Node.Tag;
import touchstone.kernel.javadoc.Node.Text;

/** Writes comments as Markdown, or as text in lines of at most 88 characters. */
public final class PlainWriter {
    public static final PlainWriter MARKDOWN = new PlainWriter(true);
    public static final PlainWriter TEXT = new PlainWriter(false);

    private static final int WIDTH = 84; // and an indentation of four

    private final boolean markdown;

    private PlainWriter(boolean markdown) {
        this.markdown = markdown;
    }

    public String signature(String signature) {
        return markdown ? "```java\n" + signature + "\n```" : signature;
    }

    public String title(String title) {
        return markdown ? "**" + title + "**\n" : title + ":\n";
    }

    /** The first sentence. */
    public String summary(Javadoc javadoc) {
        return framed(String.join("\n\n", blocks(javadoc.summary())));
    }

    /** The whole comment. */
    public String whole(Javadoc javadoc) {
        List<String> blocks = new ArrayList<>(blocks(javadoc.body()));
        javadoc.sections().forEach(each -> blocks.add(section(each)));
        return framed(String.join("\n\n", blocks));
    }

    private String framed(String text) {
        return markdown ? text : indented(text, "    ");
    }

    private String section(Section section) {
        var lines = new ArrayList<String>(List.of(markdown ? title(section.title()) : section.title() + ":"));
        for (Item item : section.items()) {
            var text = new ArrayList<Node>();
            if (!item.label().isEmpty()) {
                text.add(new Tag("code", "", List.of(new Text(item.label()))));
                text.add(new Text(item.text().isEmpty() ? "" : " – "));
            }
            text.addAll(item.text());
            String written = String.join(markdown ? "\n\n" : "\n", blocks(text));
            lines.add(markdown ? hanging("- ", written) : indented(written, "    "));
        }
        return String.join("\n", lines);
    }

    /** Paragraphs, lists and so on, one text each, without empty lines between them. */
    private List<String> blocks(List<Node> nodes) {
        var blocks = new ArrayList<String>();
        var line = new StringBuilder();
        for (Node node : nodes) {
            if (node instanceof Tag tag && isBlock(tag)) {
                endParagraph(line, blocks);
                blocks.addAll(block(tag));
            } else {
                inline(node, line);
            }
        }
        endParagraph(line, blocks);
        return blocks;
    }

    private static boolean isBlock(Tag tag) {
        return switch (tag.name()) {
            case "code", "b", "i", "sub", "sup", "a", "br" -> false;
            default -> true;
        };
    }

    private List<String> block(Tag tag) {
        return switch (tag.name()) {
            case "pre" -> List.of(pre(Node.preformatted(tag)));
            case "ul", "ol" -> List.of(list(tag));
            case "li" -> List.of(hanging("- ", String.join("\n\n", blocks(tag.children()))));
            case "dt" -> List.of(bold(String.join(" ", blocks(tag.children()))));
            case "dd", "blockquote" ->
                List.of(hanging(markdown ? "> " : "    ", String.join("\n\n", blocks(tag.children()))));
            case "table" -> List.of(table(tag));
            case "h1", "h2", "h3", "h4", "h5", "h6" -> List.of(bold(String.join(" ", blocks(tag.children()))));
            case "hr" -> List.of(markdown ? "---" : "-".repeat(20));
            default -> blocks(tag.children());
        };
    }

    private String bold(String text) {
        return markdown && !text.isEmpty() ? "**" + text + "**" : text;
    }

    private String pre(String text) {
        return markdown ? "```java\n" + text + "\n```" : indented(text, "    ");
    }

    private String list(Tag list) {
        var items = new ArrayList<String>();
        for (Node each : list.children()) {
            if (each instanceof Tag item) {
                String mark = list.name().equals("ol") ? items.size() + 1 + ". " : "- ";
                items.add(hanging(mark, String.join("\n\n", blocks(item.children()))));
            }
        }
        return String.join("\n", items);
    }

    private String table(Tag table) {
        var rows = new ArrayList<String>();
        for (Node each : table.children()) {
            if (each instanceof Tag row && row.name().equals("tr")) {
                List<String> cells = row.children().stream()
                        .filter(Tag.class::isInstance)
                        .map(cell -> String.join(" ", blocks(((Tag) cell).children())))
                        .map(cell -> cell.replace("\n", " "))
                        .toList();
                rows.add(markdown ? "| " + String.join(" | ", cells) + " |" : String.join("  |  ", cells));
                if (markdown && rows.size() == 1) {
                    rows.add("|" + " --- |".repeat(cells.size()));
                }
            }
        }
        return String.join("\n", rows);
    }

    private void inline(Node node, StringBuilder line) {
        if (node instanceof Text text) {
            line.append(markdown ? escaped(text.text()) : text.text());
        } else if (node instanceof Tag tag) {
            switch (tag.name()) {
                case "br" -> line.append('\n');
                case "code" -> line.append(code(Node.textOf(tag.children())));
                case "b" -> marked("**", tag, line);
                case "i" -> marked("*", tag, line);
                case "a" -> link(tag, line);
                case "sup" -> marked(markdown ? "" : "^", tag, line);
                default -> tag.children().forEach(each -> inline(each, line));
            }
        }
    }

    private void marked(String mark, Tag tag, StringBuilder line) {
        var inner = new StringBuilder();
        tag.children().forEach(each -> inline(each, inner));
        if (mark.equals("^")) {
            line.append(mark).append(inner);
        } else if (markdown && !inner.toString().isBlank()) {
            line.append(mark).append(inner.toString().strip()).append(mark);
        } else {
            line.append(inner);
        }
    }

    private void link(Tag tag, StringBuilder line) {
        int start = line.length();
        tag.children().forEach(each -> inline(each, line));
        if (!tag.link().isEmpty()) {
            String text = line.substring(start);
            line.setLength(start);
            line.append(markdown ? "[" + text + "](" + tag.link() + ")" : text + " (" + tag.link() + ")");
        }
    }

    private String code(String text) {
        if (!markdown || text.isBlank()) {
            return text;
        }
        return text.contains("`") ? "`` " + text + " ``" : "`" + text + "`";
    }

    private void endParagraph(StringBuilder line, List<String> blocks) {
        String text = line.toString().lines().map(String::strip).collect(Collectors.joining(markdown ? "  \n" : "\n"));
        line.setLength(0);
        if (!text.isBlank()) {
            blocks.add(markdown ? text.strip() : wrapped(text.strip()));
        }
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_\\[\\]<>|]", "\\\\$0");
    }

    private static String wrapped(String text) {
        var lines = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            String rest = line;
            while (rest.length() > WIDTH) {
                int at = rest.lastIndexOf(' ', WIDTH);
                at = at <= 0 ? rest.indexOf(' ') : at;
                if (at <= 0) {
                    break;
                }
                lines.add(rest.substring(0, at).stripTrailing());
                rest = rest.substring(at + 1);
            }
            lines.add(rest);
        }
        return String.join("\n", lines);
    }

    /** The first line after a mark, the others as far in. */
    private static String hanging(String mark, String text) {
        String indent = mark.equals("> ") ? mark : " ".repeat(mark.length());
        return text.isBlank() ? mark.strip() : mark + indented(text, indent).substring(indent.length());
    }

    private static String indented(String text, String indent) {
        return text.lines().map(line -> line.isBlank() ? "" : indent + line).collect(Collectors.joining("\n"));
    }
}
