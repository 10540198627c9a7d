package touchstone.kernel.javadoc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A documentation comment, read.
 *
 * @param summary the first sentence
 * @param body the description, the first sentence included
 * @param sections what the block tags say, in the order in which they are shown
 */
public record Javadoc(List<Node> summary, List<Node> body, List<Section> sections) {
    /** No comment. */
    public static final Javadoc NONE = new Javadoc(List.of(), List.of(), List.of());

    static final String DEPRECATED = "Deprecated";
    static final String TYPE_PARAMETERS = "Type parameters";
    static final String PARAMETERS = "Parameters";
    static final String RETURNS = "Returns";
    static final String THROWS = "Throws";
    static final String SINCE = "Since";
    static final String SEE = "See also";

    /** What one kind of block tag says. */
    public record Section(String title, List<Item> items) {
        public Section {
            items = List.copyOf(items);
        }
    }

    /**
     * One block tag.
     *
     * @param label the parameter or exception, empty where there is none
     */
    public record Item(String label, List<Node> text) {
        public Item {
            text = List.copyOf(text);
        }
    }

    public Javadoc {
        summary = List.copyOf(summary);
        body = List.copyOf(body);
        sections = List.copyOf(sections);
    }

    public boolean isEmpty() {
        return body.isEmpty() && sections.isEmpty();
    }

    Optional<Section> section(String title) {
        return sections.stream().filter(each -> each.title().equals(title)).findFirst();
    }

    /** What the comment says of one parameter or exception; nothing where it is silent. */
    List<Node> item(String title, String label) {
        return section(title).stream()
                .flatMap(each -> each.items().stream())
                .filter(each -> each.label().equals(label))
                .map(Item::text)
                .findFirst()
                .orElse(List.of());
    }

    /** This comment, its gaps filled from the one it overrides: description, parameters and result. */
    Javadoc completedBy(Javadoc above) {
        if (isEmpty() || above.isEmpty()) {
            return isEmpty() ? above : this;
        }
        var all = new ArrayList<Section>();
        for (Section mine : sections) {
            all.add(mine.title().equals(PARAMETERS) ? merged(mine, above) : mine);
        }
        for (String title : List.of(RETURNS, PARAMETERS)) {
            if (section(title).isEmpty()) {
                above.section(title).ifPresent(theirs -> all.add(placeOf(title, all), theirs));
            }
        }
        return body.isEmpty() ? new Javadoc(above.summary, above.body, all) : new Javadoc(summary, body, all);
    }

    private static Section merged(Section mine, Javadoc above) {
        var items = new ArrayList<>(mine.items());
        for (Section theirs : above.section(PARAMETERS).stream().toList()) {
            for (Item item : theirs.items()) {
                if (mine.items().stream().noneMatch(each -> each.label().equals(item.label()))) {
                    items.add(item);
                }
            }
        }
        return new Section(PARAMETERS, items);
    }

    private static int placeOf(String title, List<Section> among) {
        List<String> before = title.equals(RETURNS)
                ? List.of(DEPRECATED, TYPE_PARAMETERS, PARAMETERS)
                : List.of(DEPRECATED, TYPE_PARAMETERS);
        int place = 0;
        while (place < among.size() && before.contains(among.get(place).title())) {
            place++;
        }
        return place;
    }
}
