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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.kernel.protocol.Content;

/**
 * What was typed, in this session and in earlier ones: one JSON object a line in a file that only its owner can read.
 * Where the file cannot be written the history is kept in memory.
 */
final class History {
    /** One cell: session (from 1), line (the execution count), input, and the result's text if it had one. */
    record Entry(int session, int line, String input, @Nullable String output) {}

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int KEPT = 5_000;

    private final @Nullable Path file;
    private final List<Entry> entries = new ArrayList<>();
    private final int session;
    private boolean writable;

    /** @param file where it is kept; null for memory only */
    History(@Nullable Path file) {
        this.file = file;
        writable = file != null;
        if (file != null && Files.exists(file)) {
            read(file);
        }
        session = entries.stream().mapToInt(Entry::session).max().orElse(0) + 1;
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
        var entry = new Entry(session, line, input, output);
        entries.add(entry);
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
        return entries.stream().filter(entry -> entry.session() == session).toList();
    }

    /** The reply to a history_request. */
    synchronized JsonObject answer(JsonObject request) {
        boolean output = Content.flag(request, "output", false);
        List<Entry> found =
                switch (Content.text(request, "hist_access_type", "tail")) {
                    case "tail" -> last(entries, Content.number(request, "n", 10));
                    case "range" -> range(request);
                    case "search" -> search(request);
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

    private List<Entry> range(JsonObject request) {
        int asked = Content.number(request, "session", 0);
        int wanted = asked <= 0 ? session + asked : asked;
        int start = Content.number(request, "start", 0);
        int stop = Content.number(request, "stop", Integer.MAX_VALUE);
        return entries.stream()
                .filter(entry -> entry.session() == wanted && entry.line() >= start && entry.line() < stop)
                .toList();
    }

    private List<Entry> search(JsonObject request) {
        Pattern pattern = glob(Content.text(request, "pattern", "*"));
        List<Entry> found = entries.stream()
                .filter(entry -> pattern.matcher(entry.input()).matches())
                .toList();
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

    private static Pattern glob(String text) {
        var regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
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

    private void read(Path from) {
        try (Stream<String> lines = Files.lines(from, StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            for (String line : last(all, KEPT)) {
                JsonObject json = JsonParser.parseString(line).getAsJsonObject();
                entries.add(new Gson().fromJson(json, Entry.class));
            }
        } catch (IOException | java.io.UncheckedIOException | JsonParseException | IllegalStateException e) {
            LOG.warn("cannot read the history {}: {}", from, e.toString());
        }
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
