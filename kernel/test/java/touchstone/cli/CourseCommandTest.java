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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import touchstone.course.Golden;

/** The steps of a course from the command line. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
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

    @Test
    void aNewAssignmentIsSoundAndItsReleaseEarnsNothing() throws Exception {
        assertEquals(0, course("new", "hw1"), err.toString());
        assertEquals(0, course("validate", "hw1"), out.toString());
        assertEquals(0, course("release", "hw1"), err.toString());
        String released = Files.readString(root.resolve("release/hw1/hw1.ipynb"));
        assertTrue(released.contains("# hw1: a first problem set"), released);
        for (String secret : java.util.List.of("HIDDEN", "sorted", "MARK SCHEME", "2 for the comparison")) {
            assertFalse(released.contains(secret), secret);
        }
        for (String student : java.util.List.of("blank", "solved")) {
            Path folder = Files.createDirectories(root.resolve("submitted/" + student + "/hw1"));
            String from = student.equals("blank") ? "release" : "source";
            Files.copy(root.resolve(from + "/hw1/hw1.ipynb"), folder.resolve("hw1.ipynb"));
        }
        assertEquals(0, course("grade", "hw1", "--jobs", "2"), err.toString());
        assertTrue(out.toString().contains("blank\t0.0\t10.0"), out.toString());
        assertTrue(out.toString().contains("solved\t5.0\t10.0"), out.toString());
        assertEquals(2, course("new", "hw1"));
        assertTrue(err.toString().contains("source/hw1 is there already;"), err.toString());
        Files.writeString(root.resolve("course.properties"), "course = mine\n");
        assertEquals(0, course("new", "hw2"));
        assertEquals("course = mine\n", Files.readString(root.resolve("course.properties")), "settings stay");
    }
}
