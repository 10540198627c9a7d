package touchstone.kernel.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which cell, and which line of it, a snippet came from. Remembers the last 5,000 snippets. */
final class CellIndex {
    /**
     * A place in a cell.
     *
     * @param label {@code In[3]}, or the name of a file that was loaded
     * @param line counted from 1
     * @param text the line itself
     */
    record Place(String label, int line, String text) {
        @Override
        public String toString() {
            return "Cell " + label + ", line " + line;
        }
    }

    /** The text of a cell as the user sees it. */
    record Source(String label, List<String> lines) {
        static Source of(String label, String code) {
            return new Source(label, code.lines().toList());
        }

        Place at(int line) {
            String text = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
            return new Place(label, line, text);
        }
    }

    private record Start(Source source, int line) {}

    private static final int REMEMBERED = 5_000;

    private final Map<String, Start> starts = new LinkedHashMap<>();

    /** Notes that snippet {@code id} begins on a line (from 1) of a cell. */
    synchronized void put(String id, Source source, int line) {
        starts.put(id, new Start(source, line));
        if (starts.size() > REMEMBERED) {
            var oldest = starts.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** The place of a line (from 1) of a snippet, or null for a snippet that is not known. */
    synchronized @Nullable Place place(String id, int lineOfSnippet) {
        Start start = starts.get(id);
        return start == null ? null : start.source().at(start.line() + lineOfSnippet - 1);
    }
}
