package touchstone.util;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * State on its way to a file or from one. A class tells its state once, in one method, for both ways:
 * {@code count = archive.keep("count", count)} notes the number and gives it back when saving, and gives the saved one when
 * loading. Numbers keep all their bits.
 */
public final class Archive {
    private final boolean loading;
    private final List<ArchiveFile.Entry> entries;
    private final String source;
    private int at;

    private Archive(boolean loading, List<ArchiveFile.Entry> entries, String source) {
        this.loading = loading;
        this.entries = entries;
        this.source = source;
    }

    /** Writes the state that {@code teller} tells to a file, which appears whole or not at all, over what was there. */
    public static void save(Path file, Consumer<Archive> teller) {
        var archive = new Archive(false, new ArrayList<>(), file.toString());
        teller.accept(archive);
        ArchiveFile.write(file, archive.entries);
    }

    /**
     * Gives {@code teller} the state in a file; it is asked only when the whole file is sound.
     *
     * @throws java.io.UncheckedIOException when the file cannot be read or its sha256 does not fit; the message has both
     * @throws IllegalArgumentException when a demand is not met, or the file holds another state
     */
    public static void load(Path file, Consumer<Archive> teller) {
        teller.accept(new Archive(true, ArchiveFile.read(file), file.toString()));
    }

    /**
     * Text that must be the same when loading.
     *
     * @throws IllegalArgumentException when it is not; the message has both
     */
    public void demand(String name, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var wide = new long[utf8.length];
        Arrays.setAll(wide, i -> utf8[i]);
        long[] kept = keep(name, wide);
        if (!Arrays.equals(kept, wide)) {
            var saved = new byte[kept.length];
            for (int i = 0; i < saved.length; i++) {
                saved[i] = (byte) kept[i];
            }
            throw new IllegalArgumentException(
                    name + " of " + source + " must be " + text + ", was " + new String(saved, StandardCharsets.UTF_8));
        }
    }

    /** Whole numbers of any count. */
    public long[] keep(String name, long[] values) {
        if (!loading) {
            entries.add(new ArchiveFile.Entry(name, values.clone()));
            return values;
        }
        String found = at < entries.size() ? entries.get(at).name() : "its end";
        if (!found.equals(name)) {
            throw new IllegalArgumentException(source + " must hold " + name + " as entry " + at + ", had " + found);
        }
        return entries.get(at++).values().clone();
    }

    /** A whole number. */
    public long keep(String name, long value) {
        return keep(name, new long[] {value})[0];
    }

    /** A count. */
    public int keep(String name, int value) {
        return Math.toIntExact(keep(name, (long) value));
    }

    /** Yes or no. */
    public boolean keep(String name, boolean value) {
        return keep(name, value ? 1L : 0L) == 1;
    }

    /** A number. */
    public double keep(String name, double value) {
        return keep(name, new double[] {value})[0];
    }

    /** Numbers of any count. */
    public double[] keep(String name, double[] values) {
        long[] bits =
                Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
        return Arrays.stream(keep(name, bits))
                .mapToDouble(Double::longBitsToDouble)
                .toArray();
    }

    /** Labels or row numbers. */
    public int[] keep(String name, int[] values) {
        return Arrays.stream(keep(name, Arrays.stream(values).asLongStream().toArray()))
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** Rows of any lengths. */
    public double[][] keep(String name, double[][] rows) {
        var out = new double[keep(name + ": rows", rows.length)][];
        for (int i = 0; i < out.length; i++) {
            out[i] = keep(name, i < rows.length ? rows[i] : new double[0]);
        }
        return out;
    }

    /** Rows in a list that grows; when loading, the list is filled anew. */
    public void keepAll(String name, List<double[]> rows) {
        double[][] kept = keep(name, rows.toArray(double[][]::new));
        rows.clear();
        rows.addAll(Arrays.asList(kept));
    }

    /** Where a generator of {@link Seeds} stands: the generator to go on with. */
    public RandomGenerator keep(String name, RandomGenerator random) {
        if (!(random instanceof Xoshiro256 known)) {
            throw new IllegalArgumentException(name + " must be a generator of Seeds, was "
                    + random.getClass().getSimpleName());
        }
        return Xoshiro256.at(keep(name, known.state()));
    }
}
