package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import touchstone.course.variant.CourseKey;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** An assignment in which each student has numbers of their own. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class VariantsTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String TEST =
            "double expected = 39.0; // EXPECTED mean(n)\nif (mean(n) != expected) throw new AssertionError();\n"
                    + "// BEGIN HIDDEN TESTS\nint half = 20; // VARIANT 10..30\n"
                    + "double hidden = 19.0; // EXPECTED mean(half)\n"
                    + "if (mean(half) != hidden) throw new AssertionError(\"hidden\");\n// END HIDDEN TESTS";

    @TempDir
    private Path root = Path.of("");

    private CourseFolder course = new CourseFolder(root);

    @BeforeEach
    void keyAndRoster() throws IOException {
        course = new CourseFolder(root);
        Files.writeString(root.resolve("course.key"), KEY + "\n");
        Files.writeString(root.resolve("students.csv"), "id\nada\nbob\n");
    }

    private static Cell cell(String id, String source, boolean grade, boolean solution) {
        Cell cell = Cell.code(id, source);
        var marks = new JsonObject();
        marks.addProperty("schema_version", 3);
        marks.addProperty("grade_id", id);
        marks.addProperty("grade", grade);
        marks.addProperty("solution", solution);
        marks.addProperty("locked", !solution);
        if (grade) {
            marks.addProperty("points", 2);
        }
        cell.metadata().add("nbgrader", marks);
        return cell;
    }

    private void write(String setup, String test) throws Exception {
        Notebook notebook = Notebook.empty();
        notebook.cells()
                .addAll(List.of(
                        cell("setup", setup, false, false),
                        cell(
                                "answer",
                                "double mean(int k) {\n    // BEGIN SOLUTION\n    return k - 1;\n    // END SOLUTION\n}",
                                false,
                                true),
                        cell("test", test, true, false)));
        Files.createDirectories(root.resolve("source/ps1"));
        notebook.write(root.resolve("source/ps1/p1.ipynb"));
    }

    private List<Path> release() throws NotebookException {
        return VariantRelease.write(course, "ps1", Roster.of(root).ids(), false);
    }

    private String source(String file, int cell) throws NotebookException {
        return Notebook.read(root.resolve(file)).cells().get(cell).source();
    }

    private void handIn(String student, String released, String body) throws Exception {
        Notebook notebook = Notebook.read(root.resolve(released));
        notebook.cells().get(1).setSource("double mean(int k) { return " + body + "; }");
        Files.createDirectories(course.submitted(student, "ps1"));
        notebook.write(course.submitted(student, "ps1").resolve("p1.ipynb"));
    }

    private List<StudentGrade> grade() throws NotebookException {
        var said = Collections.synchronizedList(new ArrayList<String>());
        return new Grader(course, "ps1", said::add).all(2, false);
    }

    /** The numbers 23 and 6 of 31 are those of Python, as CourseKeyTest has them. */
    @Test
    void eachStudentIsGradedWithTheNumbersThatTheyGot() throws Exception {
        write("int n = 40; // VARIANT 30..60", TEST);
        assertEquals(List.of(), course.faults("ps1"));
        assertEquals(List.of(), course.failures("ps1"));
        assertEquals(2, release().size());
        assertEquals("int n = 53;", source("variants/ada/ps1/p1.ipynb", 0));
        assertEquals("int n = 36;", source("variants/bob/ps1/p1.ipynb", 0));
        assertEquals(
                "double expected = 52.0;\nif (mean(n) != expected) throw new AssertionError();",
                source("variants/ada/ps1/p1.ipynb", 2));
        handIn("ada", "variants/ada/ps1/p1.ipynb", "k - 1");
        handIn("bob", "variants/ada/ps1/p1.ipynb", "52"); // another's notebook, and only its number
        List<StudentGrade> grades = grade();
        assertEquals(2, grades.get(0).points(), grades.toString());
        assertEquals(List.of(), grades.get(0).notes());
        assertEquals(0, grades.get(1).points(), grades.toString());
        assertTrue(grades.get(1).notes().contains("cell setup was changed and was restored"), grades.toString());
        assertEquals("int n = 36;", source("autograded/bob/ps1/p1.ipynb", 0));
        assertTrue(source("autograded/ada/ps1/p1.ipynb", 2).contains("double hidden = "), "the hidden part is run");
        assertEquals(grades, grade());
        FeedbackPages.write(course, "ps1");
        assertKeyIsNowhereElse();
    }

    private void assertKeyIsNowhereElse() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(root)) {
            all = files.filter(Files::isRegularFile).toList();
        }
        assertTrue(all.size() > 10, all.toString());
        for (Path file : all) {
            boolean key = Files.readString(file).contains(KEY);
            assertEquals(file.equals(root.resolve("course.key")), key, file.toString());
        }
    }

    @Test
    void whatWasComputedOnceIsNotComputedAgainAndIsTheSameInAnyOrder() throws Exception {
        write("int n = 40; // VARIANT 30..60", TEST);
        var variants = new Variants(course, "ps1");
        CourseKey key = CourseKey.of(root);
        String bob = variants.graded("bob", key).get("p1.ipynb").toJson();
        Path record = course.expected("bob", "ps1");
        JsonObject first = NotebookFiles.object(record);
        String before = Files.readString(record);
        assertFalse(before.contains(KEY));
        first.getAsJsonObject("p1.ipynb").getAsJsonObject("expected").addProperty("test:1", "7.0");
        Files.writeString(record, first.toString());
        String read = variants.graded("bob", key).get("p1.ipynb").toJson();
        assertTrue(read.contains("double expected = 7.0;"), "from the record");
        write("int n = 41; // VARIANT 30..60", TEST.replace("39.0", "40.0"));
        assertEquals(
                bob,
                new Variants(course, "ps1").graded("bob", key).get("p1.ipynb").toJson(),
                "another source: the record does not hold, and the numbers are the same");
    }

    @Test
    void valuesThatTheReferenceDoesNotGiveAreNamed() throws Exception {
        write("int n = 40; // VARIANT 30..60", TEST.replace("19.0", "18.5").replace("mean(half) != hidden", "false"));
        assertEquals(
                List.of("p1.ipynb: cell 3 (test), line 5: hidden is 18.5 but the reference solution gives 19.0."),
                course.failures("ps1"));
        write("int n = 40; // VARIANT 30..60", TEST.replace("EXPECTED mean(half)", "EXPECTED mean(half / 0)"));
        assertEquals(
                List.of("p1.ipynb: cell 3 (test), EXPECTED in line 5, fails on the reference solution: "
                        + "java.lang.ArithmeticException: / by zero."),
                course.failures("ps1"));
        String message = assertThrows(NotebookException.class, this::release).getMessage();
        assertTrue(message.startsWith("with the numbers of ada, {setup.n=53, test.half="), message);
        assertTrue(message.endsWith("/ by zero."), message);
        assertFalse(Files.exists(root.resolve("variants")));
        write("int n = 40; // VARIANT 30..60", "if (n > 45) throw new AssertionError(\"hard-coded\"); mean(n) - 37");
        assertTrue(
                assertThrows(NotebookException.class, this::release)
                        .getMessage()
                        .endsWith(
                                "cell 3 (test) fails on the reference solution: java.lang.AssertionError: hard-coded."),
                "a test that only the source's own numbers pass");
    }

    @Test
    void aValueThatIsNoNumberOrIsNeverComputedIsNamed() throws Exception {
        write("int n = 40; // VARIANT 30..60", TEST);
        Notebook source = Notebook.read(root.resolve("source/ps1/p1.ipynb"));
        assertEquals(
                List.of(
                        "p1: cell 3 (test), line 1: expected must be a finite number on the reference solution, was NaN.",
                        "p1: cell 3 (test), line 5: hidden was not computed on the reference solution; EXPECTED must stand "
                                + "where it is run."),
                Numbers.unusable(source, Map.of("test:1", "NaN"), "p1"));
    }

    @Test
    void marksThatCannotHoldAreFaultsOfTheSource() throws Exception {
        write("int n = 40; // VARIANT 60..30", "mean(1); // EXPECTED 3");
        assertEquals(
                List.of(
                        "p1.ipynb: cell 1 (setup): line 1 with VARIANT or EXPECTED must be a range from low to high, was 60..30.",
                        "p1.ipynb: cell 3 (test): line 1 with VARIANT or EXPECTED must be one declaration with a literal, "
                                + "such as int n = 40;, was \"mean(1);\"."),
                course.faults("ps1"));
        Notebook notebook = Notebook.read(root.resolve("source/ps1/p1.ipynb"));
        notebook.cells().get(0).setSource("int n = 40; // VARIANT 30..60");
        notebook.cells().get(2).setSource("mean(1)");
        notebook.cells().get(1).setSource("int k = 40; // VARIANT 30..60");
        notebook.write(root.resolve("source/ps1/p1.ipynb"));
        assertEquals(
                List.of(
                        "p1.ipynb: cell 2 (answer) has VARIANT or EXPECTED but is neither locked nor a test, so that it "
                                + "could not be put back."),
                course.faults("ps1"));
        assertThrows(NotebookException.class, this::release);
        assertFalse(Files.exists(root.resolve("variants")));
    }

    @Test
    void theReleaseOfAllKeepsTheSourcesNumbersWithoutTheirMarks() throws Exception {
        write("int n = 40; // VARIANT 30..60", TEST);
        course.release("ps1", false);
        assertEquals("int n = 40;", source("release/ps1/p1.ipynb", 0));
        assertFalse(Files.readString(root.resolve("release/ps1/p1.ipynb")).contains("EXPECTED"));
        Cell setup = Notebook.read(root.resolve("release/ps1/p1.ipynb")).cells().get(0);
        CellMarks marks = CellMarks.of(setup).orElseThrow();
        assertEquals(Checksum.of(setup, marks), marks.checksum());
        assertNotEquals("", marks.checksum());
    }

    @Test
    void aLostKeyIsNotReplacedWhereNumbersWereGiven() throws Exception {
        write("int n = 40; // VARIANT 30..60", "mean(n) - 37");
        Files.createDirectories(root.resolve("variants/ada/ps1"));
        Files.delete(root.resolve("course.key"));
        String message = assertThrows(NotebookException.class, this::release).getMessage();
        assertTrue(message.contains("put it back from a backup"), message);
        assertFalse(Files.exists(root.resolve("course.key")));
    }
}
