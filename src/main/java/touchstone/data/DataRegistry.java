package touchstone.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Public data sets that a user may fetch: where each comes from, where it belongs and the sha256 it must have. Nothing is
 * downloaded. Files are sought below the folder named by the environment variable {@code TOUCHSTONE_DATA}, or by the system
 * property {@code touchstone.data}, which goes first.
 */
public final class DataRegistry {
    private final List<Entry> entries;
    private final Optional<Path> folder;

    /**
     * One file.
     *
     * @param name short name, such as {@code hh-rlhf}
     * @param file path below the data folder
     * @param address official page to fetch it from
     * @param sha256 hash of its bytes, 64 hexadecimal digits
     * @param bytes its length
     * @param licence SPDX identifier
     * @param description what it holds
     */
    public record Entry(
            String name, String file, String address, String sha256, long bytes, String licence, String description) {
        // one row of the registry: a smaller record inside would only hide the columns
    }

    private DataRegistry(List<Entry> entries, Optional<Path> folder) {
        this.entries = List.copyOf(entries);
        this.folder = folder;
    }

    /** The registry that ships, over the folder the surroundings name, if they do. */
    public static DataRegistry load() {
        var lines = new ArrayList<Entry>();
        Resources.shipped("registry.csv", (line, number) -> {
            if (number > 1) {
                lines.add(entry(line, number));
            }
        });
        String named = System.getProperty("touchstone.data", System.getenv("TOUCHSTONE_DATA"));
        return new DataRegistry(
                lines, Optional.ofNullable(named).filter(f -> !f.isBlank()).map(Path::of));
    }

    /** The same registry over a folder of your choice. */
    public DataRegistry withFolder(Path dataFolder) {
        return new DataRegistry(entries, Optional.of(dataFolder));
    }

    /** All entries, in the file's order. */
    public List<Entry> entries() {
        return entries;
    }

    /** The entry of a name. */
    public Entry entry(String name) {
        return entries.stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("name must be one of "
                        + entries.stream().map(Entry::name).toList() + ", was " + name));
    }

    /** Whether the file of a name is there; does not check what is in it. */
    public boolean has(String name) {
        String file = entry(name).file();
        return folder.map(f -> Files.isRegularFile(f.resolve(file))).orElse(false);
    }

    /**
     * The file of a name, its sha256 verified.
     *
     * @throws UncheckedIOException if it is missing (the message says how to get it) or differs (it holds both hashes)
     */
    public Path path(String name) {
        Entry e = entry(name);
        if (folder.isEmpty()) {
            throw fail("data set " + name + " is not here: fetch " + e.file() + " from " + e.address() + ", put it at "
                    + e.file() + " below a folder and name that folder in TOUCHSTONE_DATA");
        }
        Path path = folder.get().resolve(e.file());
        if (!Files.isRegularFile(path)) {
            throw fail(
                    "data set " + name + " is not at " + path + ": fetch it from " + e.address() + " and put it there");
        }
        String actual = sha256(path);
        if (!actual.equals(e.sha256())) {
            throw fail(path + " is not the file the registry knows as " + name + ": sha256 must be " + e.sha256()
                    + ", was " + actual + "; fetch it again from " + e.address());
        }
        return path;
    }

    /** The registry as a table, with a column {@code here} that says which files are there. */
    public Table table() {
        return Table.create(
                "registry",
                column("name", entries.stream().map(Entry::name)),
                column("here", entries.stream().map(e -> has(e.name()) ? "yes" : "no")),
                column("description", entries.stream().map(Entry::description)),
                column("licence", entries.stream().map(Entry::licence)),
                LongColumn.create(
                        "bytes", entries.stream().mapToLong(Entry::bytes).toArray()),
                column("file", entries.stream().map(Entry::file)),
                column("address", entries.stream().map(Entry::address)),
                column("sha256", entries.stream().map(Entry::sha256)));
    }

    /** sha256 of a file's bytes, 64 hexadecimal digits in lower case. */
    public static String sha256(Path file) {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("cannot read " + file + ": " + e, e));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256, which every JDK must have", e);
        }
    }

    private static StringColumn column(String name, java.util.stream.Stream<String> values) {
        return StringColumn.create(name, values.toList());
    }

    private static UncheckedIOException fail(String message) {
        return new UncheckedIOException(new IOException(message));
    }

    private static Entry entry(String line, int number) throws Resources.BadLineException {
        List<String> f = Csv.fields(line);
        if (f.size() != 7) {
            throw Resources.bad(number, "needs 7 columns, has " + f.size());
        }
        return new Entry(f.get(0), f.get(1), f.get(2), f.get(3), Long.parseLong(f.get(4)), f.get(5), f.get(6));
    }
}
