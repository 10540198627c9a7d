package touchstone.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The magics by name. Thread-safe. */
public final class Magics {
    /**
     * What {@code %help} tells about a magic.
     *
     * @param usage its arguments, such as {@code [-a] FILE}; may be empty
     * @param summary one line that begins with a verb; empty when whoever registered the magic gave none
     */
    public record Description(String usage, String summary) {
        static final Description NONE = new Description("", "");
    }

    private record Entry<T>(T magic, Description description) {}

    private final Map<String, Entry<LineMagic>> lines = new ConcurrentHashMap<>();
    private final Map<String, Entry<CellMagic>> cells = new ConcurrentHashMap<>();

    /** Registers a line magic under one or several names (without the percent sign). */
    public void line(LineMagic magic, String... names) {
        line(Description.NONE, magic, names);
    }

    /** Registers a line magic, with what {@code %help} tells about it, under one or several names. */
    public void line(Description description, LineMagic magic, String... names) {
        for (String name : names) {
            lines.put(name, new Entry<>(magic, description));
        }
    }

    /** Registers a cell magic under one or several names (without the percent signs). */
    public void cell(CellMagic magic, String... names) {
        cell(Description.NONE, magic, names);
    }

    /** Registers a cell magic, with what {@code %help} tells about it, under one or several names. */
    public void cell(Description description, CellMagic magic, String... names) {
        for (String name : names) {
            cells.put(name, new Entry<>(magic, description));
        }
    }

    /** Runs {@code %name args}. */
    public @Nullable Object runLine(String name, List<String> args) throws Exception {
        Entry<LineMagic> entry = lines.get(name);
        if (entry == null) {
            throw new UndefinedMagicException("%" + name, lineNames());
        }
        return entry.magic().run(args);
    }

    /** Runs {@code %%name args} over a body. */
    public @Nullable Object runCell(String name, List<String> args, String body) throws Exception {
        Entry<CellMagic> entry = cells.get(name);
        if (entry == null) {
            throw new UndefinedMagicException("%%" + name, cellNames());
        }
        return entry.magic().run(args, body);
    }

    public SortedSet<String> lineNames() {
        return new TreeSet<>(lines.keySet());
    }

    public SortedSet<String> cellNames() {
        return new TreeSet<>(cells.keySet());
    }

    /** What is known about {@code %name}; empty when there is no such magic. */
    public Optional<Description> ofLine(String name) {
        return Optional.ofNullable(lines.get(name)).map(Entry::description);
    }

    /** What is known about {@code %%name}; empty when there is no such magic. */
    public Optional<Description> ofCell(String name) {
        return Optional.ofNullable(cells.get(name)).map(Entry::description);
    }
}
