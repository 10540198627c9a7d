package touchstone.notebook;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** HTML as it is written, with a count of the tags that are open, so that each is closed and none is closed that is not open. */
final class OpenTags {
    private static final Set<String> EMPTY = Set.of("br", "hr");

    final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens a tag, with attributes that are known to be safe. */
    void open(String name, String attributes) {
        out.append('<').append(name).append(attributes).append('>');
        if (!EMPTY.contains(name)) {
            open.push(name);
        }
    }

    /** Closes a tag with all that was opened in it; nothing when it is not open. */
    void close(String name) {
        if (open.contains(name)) {
            String last;
            do {
                last = open.pop();
                out.append("</").append(last).append('>');
            } while (!last.equals(name));
        }
    }

    /** All that was written, the last text after it and every open tag closed. */
    String closed(String last) {
        out.append(last);
        while (!open.isEmpty()) {
            out.append("</").append(open.pop()).append('>');
        }
        return out.toString();
    }
}
