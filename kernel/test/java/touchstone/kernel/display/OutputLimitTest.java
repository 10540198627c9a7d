package touchstone.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLimitTest {
    @TempDir
    Path folder;

    @SuppressWarnings("JdkObsolete") // the timer writes to it too
    private final StringBuffer sent = new StringBuffer();

    private Streams streams(long bytes, long fileBytes) {
        return new Streams(
                (type, content, parent) -> sent.append(content.get("text").getAsString()),
                new OutputLimit(bytes, fileBytes, folder));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void enter() {
        new Origin(new JsonObject(), false).enter();
    }

    @Test
    void theWholeIsInTheFileAndTheNoteNamesIt() throws Exception {
        Streams streams = streams(1000, 1 << 20);
        PrintStream out = streams.printStream("stdout");
        PrintStream err = streams.printStream("stderr");
        enter();
        var whole = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            (i % 2 == 0 ? out : err).print(i + "é\n");
            whole.append(i).append("é\n");
        }
        streams.flush();
        Path file = files().get(0);
        assertEquals(whole.toString(), Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String shown = sent.toString();
        int note = shown.indexOf(
                "\n[the output of this cell is cut here, after 1000 bytes; all of it is in " + file + "]\n");
        assertTrue(note > 0, shown.substring(Math.max(0, shown.length() - 200)));
        String before = shown.substring(0, note);
        assertTrue(whole.toString().startsWith(before), "what is shown is a whole beginning");
        // the cut is not within a character, so at most one byte of the limit is unused
        assertTrue(before.getBytes(StandardCharsets.UTF_8).length >= 999, before.length() + " characters");
        assertEquals(shown.length(), note + 2 + shown.substring(note + 1).indexOf("\n"), "nothing after the note");
        assertEquals(1, files().size());
    }

    @Test
    void theNextCellStartsAfresh() throws Exception {
        Streams streams = streams(10, 1 << 20);
        PrintStream out = streams.printStream("stdout");
        enter();
        out.print("x".repeat(50));
        streams.flush();
        sent.setLength(0);
        enter();
        out.print("hello");
        streams.flush();
        assertEquals("hello", sent.toString());
        assertEquals(1, files().size());
    }

    @Test
    void aThreadThatPrintsForEverStaysCapped() throws Exception {
        Streams streams = streams(1000, 20_000);
        PrintStream out = streams.printStream("stdout");
        enter();
        var thread = new Thread(() -> {
            for (int i = 0; i < 100_000; i++) {
                out.println("for ever");
            }
        });
        thread.start();
        thread.join();
        streams.flush();
        assertTrue(sent.length() < 1500, sent.length() + " characters were sent");
        assertEquals(20_000, Files.size(files().get(0)));
        assertTrue(sent.toString().endsWith(" is full, at 19 KiB; what follows is not kept]\n"), sent.toString());
    }

    @Test
    void anInterruptedCellStillWritesItsFile() throws Exception {
        Streams streams = streams(10, 1 << 20);
        PrintStream out = streams.printStream("stdout");
        enter();
        Thread.currentThread().interrupt();
        out.print("x".repeat(100));
        streams.flush();
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertEquals("x".repeat(100), Files.readString(files().get(0)));
    }

    @Test
    void emptyingTheOutputStartsTheCountAgain() {
        Streams streams = streams(10, 1 << 20);
        PrintStream out = streams.printStream("stdout");
        var displays = new Displays((type, content, parent) -> {}, streams, new Renderers());
        enter();
        for (int i = 0; i < 10; i++) {
            out.print("12345678");
            displays.clear(true);
        }
        assertEquals("12345678".repeat(10), sent.toString());
    }

    @Test
    void zeroIsNoLimit() throws Exception {
        Streams streams = streams(0, 1 << 20);
        enter();
        streams.printStream("stdout").print("x".repeat(5_000_000));
        streams.flush();
        assertEquals(5_000_000, sent.length());
        assertEquals(List.of(), files());
    }

    @Test
    void theEnvironmentSetsItOrIsComplainedAbout() {
        var complaints = new ArrayList<String>();
        assertEquals(2 << 20, OutputLimit.from(Map.of(), complaints).bytes());
        assertEquals(
                64 << 10,
                OutputLimit.from(Map.of("TOUCHSTONE_OUTPUT_LIMIT", "64"), complaints)
                        .bytes());
        assertEquals(Collections.emptyList(), complaints);
        assertEquals(
                2 << 20,
                OutputLimit.from(Map.of("TOUCHSTONE_OUTPUT_LIMIT", "2 MB"), complaints)
                        .bytes());
        assertEquals(
                List.of("TOUCHSTONE_OUTPUT_LIMIT must be a number of KiB, or 0 for no limit; it was '2 MB' and is"
                        + " ignored"),
                complaints);
    }
}
