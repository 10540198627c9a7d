package touchstone.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The magics by name. Thread-safe. */
public final class Magics {
    private final Map<String, LineMagic> lines = new ConcurrentHashMap<>();
    private final Map<String, CellMagic> cells = new ConcurrentHashMap<>();

    /** Registers a line magic under one or several names (without the percent sign). */
    public void line(LineMagic magic, String... names) {
        for (String name : names) {
            lines.put(name, magic);
        }
    }

    /** Registers a cell magic under one or several names (without the percent signs). */
    public void cell(CellMagic magic, String... names) {
        for (String name : names) {
            cells.put(name, magic);
        }
    }

    /** Runs {@code %name args}. */
    public @Nullable Object runLine(String name, List<String> args) throws Exception {
        LineMagic magic = lines.get(name);
        if (magic == null) {
            throw new UndefinedMagicException("%" + name, lineNames());
        }
        return magic.run(args);
    }

    /** Runs {@code %%name args} over a body. */
    public @Nullable Object runCell(String name, List<String> args, String body) throws Exception {
        CellMagic magic = cells.get(name);
        if (magic == null) {
            throw new UndefinedMagicException("%%" + name, cellNames());
        }
        return magic.run(args, body);
    }

    public SortedSet<String> lineNames() {
        return new TreeSet<>(lines.keySet());
    }

    public SortedSet<String> cellNames() {
        return new TreeSet<>(cells.keySet());
    }
}
