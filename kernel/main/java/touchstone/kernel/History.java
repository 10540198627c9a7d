package touchstone.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.kernel.protocol.Content;

/**
 * What was typed, in this session and in earlier ones: one JSON object a line in a file that only its owner can read.
 * Where the file cannot be written the history is kept in memory. The file is read when the first question comes, not
 * at the start; in it a session is the time at which it began, and sessions are counted from 1 when it is read.
 */
final class History {
    /** One cell: session (from 1), line (the execution count), input, and the result's text if it had one. */
    record Entry(long session, int line, String input, @Nullable String output) {}

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int KEPT = 5_000;

    private final @Nullable Path file;
    private final List<Entry> own = new ArrayList<>();
    private final long began = System.currentTimeMillis();
    private @Nullable List<Entry> earlier;
    private long session = 1;
    private boolean writable;

    /** @param file where it is kept; null for memory only */
    History(@Nullable Path file) {
        this.file = file;
        writable = file != null;
    }

    /** The file in the user's data folder, unless {@code TOUCHSTONE_HISTORY} names another or is {@code off}. */
    static @Nullable Path defaultFile() {
        String chosen = System.getenv("TOUCHSTONE_HISTORY");
        if (chosen != null) {
            return chosen.equals("off") ? null : Path.of(chosen);
        }
        String data = System.getenv("XDG_DATA_HOME");
        Path base = data == null || data.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local/share")
                : Path.of(data);
        return base.resolve("touchstone/history.jsonl");
    }

    synchronized void add(int line, String input, @Nullable String output) {
        var entry = new Entry(began, line, input, output);
        own.add(entry);
        if (writable && file != null) {
            try {
                append(file, new Gson().toJson(entry) + "\n");
            } catch (IOException | UnsupportedOperationException e) {
                writable = false;
                LOG.info("history stays in memory: {}", e.toString());
            }
        }
    }

    /** The cells of this session, the oldest first; the one that runs is not among them. */
    synchronized List<Entry> ofThisSession() {
        return List.copyOf(own);
    }

    /** The reply to a history_request. */
    synchronized JsonObject answer(JsonObject request) {
        boolean output = Content.flag(request, "output", false);
        List<Entry> entries = all();
        List<Entry> found =
                switch (Content.text(request, "hist_access_type", "tail")) {
                    case "tail" -> last(entries, Content.number(request, "n", 10));
                    case "range" -> range(entries, request);
                    case "search" -> search(entries, request);
                    default -> throw new IllegalArgumentException("hist_access_type must be tail, range or search");
                };
        var history = new JsonArray();
        for (Entry entry : found) {
            history.add(row(entry, output));
        }
        JsonObject reply = Content.ok();
        reply.add("history", history);
        return reply;
    }

    private List<Entry> range(List<Entry> entries, JsonObject request) {
        int asked = Content.number(request, "session", 0);
        long wanted = asked <= 0 ? session + asked : asked;
        int start = Content.number(request, "start", 0);
        int stop = Content.number(request, "stop", Integer.MAX_VALUE);
        return entries.stream()
                .filter(entry -> entry.session() == wanted && entry.line() >= start && entry.line() < stop)
                .toList();
    }

    private static List<Entry> search(List<Entry> entries, JsonObject request) {
        String pattern = Content.text(request, "pattern", "*");
        List<Entry> found =
                entries.stream().filter(entry -> fits(entry.input(), pattern)).toList();
        if (Content.flag(request, "unique", false)) {
            var latestFirst = new ArrayList<>(found);
            Collections.reverse(latestFirst);
            Set<String> seen = new HashSet<>();
            latestFirst.removeIf(entry -> !seen.add(entry.input()));
            Collections.reverse(latestFirst);
            found = latestFirst;
        }
        return last(found, Content.number(request, "n", Integer.MAX_VALUE));
    }

    /** Whether a text fits a pattern in which {@code *} stands for anything and {@code ?} for one character. */
    static boolean fits(String text, String pattern) {
        int t = 0;
        int p = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))
                    && pattern.charAt(p) != '*') {
                t++;
                p++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = t;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static <T> List<T> last(List<T> list, int n) {
        return List.copyOf(list.subList(Math.max(0, list.size() - Math.max(0, n)), list.size()));
    }

    private static JsonArray row(Entry entry, boolean output) {
        var row = new JsonArray();
        row.add(entry.session());
        row.add(entry.line());
        if (output) {
            var both = new JsonArray();
            both.add(entry.input());
            both.add(entry.output());
            row.add(both);
        } else {
            row.add(entry.input());
        }
        return row;
    }

    /** Earlier sessions and this one, with sessions counted from 1. */
    private List<Entry> all() {
        List<Entry> before = earlier;
        if (before == null) {
            before = new ArrayList<>();
            session = 1;
            long last = 0;
            for (Entry entry : file == null ? List.<Entry>of() : read(file)) {
                session += last != 0 && entry.session() != last ? 1 : 0;
                last = entry.session();
                before.add(new Entry(session, entry.line(), entry.input(), entry.output()));
            }
            session += last == 0 ? 0 : 1;
            earlier = before;
        }
        var all = new ArrayList<>(before);
        own.forEach(entry -> all.add(new Entry(session, entry.line(), entry.input(), entry.output())));
        return all;
    }

    /** The last entries of the file, without those of this session. */
    private List<Entry> read(Path from) {
        var entries = new ArrayList<Entry>();
        if (!Files.exists(from)) {
            return entries;
        }
        try (Stream<String> lines = Files.lines(from, StandardCharsets.UTF_8)) {
            for (String line : last(lines.toList(), KEPT)) {
                JsonObject json = JsonParser.parseString(line).getAsJsonObject();
                Entry entry = new Gson().fromJson(json, Entry.class);
                if (entry.session() != began) {
                    entries.add(entry);
                }
            }
        } catch (IOException | java.io.UncheckedIOException | JsonParseException | IllegalStateException e) {
            LOG.warn("cannot read the history {}: {}", from, e.toString());
        }
        return entries;
    }

    private static void append(Path to, String line) throws IOException {
        if (!Files.exists(to)) {
            Path folder = to.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(to, line, StandardOpenOption.APPEND);
    }
}
