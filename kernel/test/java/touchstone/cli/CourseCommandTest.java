package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.course.Golden;

/** The steps of a course from the command line. */
class CourseCommandTest {
    @TempDir
    private Path root = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int course(String... words) {
        var all = new java.util.ArrayList<>(java.util.List.of(words));
        all.addAll(java.util.List.of("--course", root.toString()));
        return CourseCommand.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private void source(String from, String to) throws Exception {
        Path file = root.resolve("source/ps1/p1.ipynb");
        Files.createDirectories(root.resolve("source/ps1"));
        String text = Files.readString(Golden.folder().resolve("source/ps1/p1.ipynb"));
        assertTrue(text.contains(from), from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void aSolutionThatFailsItsTestIsNamedAndNothingIsReleased() throws Exception {
        source("Math.exp(b - a)", "Math.exp(a - b)");
        assertEquals(1, course("validate", "ps1"));
        String said = out.toString();
        assertTrue(
                said.lines()
                        .allMatch(
                                line -> line.matches(
                                        "p1\\.ipynb: cell \\d+ \\([a-z-]+\\) gives the solution of the source [0-9.]+ of \\d points: it .*\\.")),
                said);
        assertTrue(
                said.contains("(bt-test) gives the solution of the source 0 of 2 points: it raised an error ("), said);
        assertEquals(0, course("validate", "ps1", "--no-run"));
        assertEquals(2, course("release", "ps1"));
        assertTrue(err.toString().contains("nothing was released."), err.toString());
        assertFalse(Files.exists(root.resolve("release")));
    }

    @Test
    void aSolutionThatPassesIsReleased() throws Exception {
        source("Math.exp(b - a)", "Math.exp(b - a)");
        assertEquals(0, course("validate", "ps1"), out.toString());
        assertEquals(0, course("release", "ps1"), err.toString());
        assertTrue(Files.exists(root.resolve("release/ps1/p1.ipynb")));
    }
}
