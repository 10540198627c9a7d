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
    private static final int RUNNING = 64; // as many as there can be shells

    private final Map<String, Start> starts = new LinkedHashMap<>();
    private final Map<String, Start> begun = new LinkedHashMap<>();

    /** Notes that a snippet is about to run; JShell tells its id when it has ended, and its threads may fail before. */
    synchronized void begin(String snippet, Source source, int line) {
        begun.remove(snippet);
        put(begun, RUNNING, snippet, new Start(source, line));
    }

    /** Learns the id of a snippet that runs. */
    synchronized void adopt(String id, String snippet) {
        Start start = begun.get(snippet);
        if (start != null && !starts.containsKey(id)) {
            put(starts, REMEMBERED, id, start);
        }
    }

    /** Notes that snippet {@code id} begins on a line (from 1) of a cell. */
    synchronized void put(String id, Source source, int line) {
        put(starts, REMEMBERED, id, new Start(source, line));
    }

    private static void put(Map<String, Start> into, int most, String key, Start start) {
        into.put(key, start);
        if (into.size() > most) {
            var oldest = into.keySet().iterator();
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
