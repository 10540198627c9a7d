package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.notebook.NotebookException;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class FeedbackTest {
    @TempDir
    private Path root = Path.of("");

    /** One student passes, one fails the hidden test alone, one fails the visible test. */
    @Test
    void nothingHiddenIsInReleaseOrFeedback() throws Exception {
        var course = new CourseFolder(root);
        Golden.copy("source/ps1/p1.ipynb", root);
        for (String student : List.of("good", "half", "empty")) {
            Golden.copy("submitted/" + student + "/ps1/p1.ipynb", root);
        }
        Files.writeString(
                root.resolve("manual.csv"),
                "assignment,student,grade_id,points,comment\nps1,half,essay,1.5,\"Well said, but\nwhy?\"\nps1,good,sweep-task,2,\n");
        course.release("ps1", false);
        List<StudentGrade> grades = new Grader(course, "ps1", line -> {}).all(2, false);
        assertEquals(
                List.of(0.0, 7.0, 2.5),
                grades.stream().map(StudentGrade::points).toList());
        List<Path> pages = FeedbackPages.write(course, "ps1");
        assertEquals(3, pages.size());
        for (Path page : pages) {
            String html = Files.readString(page);
            for (String secret : List.of("hidden: bt", "0.7310585786300049", "HIDDEN TESTS", "labelled axis")) {
                assertFalse(html.contains(secret), page + " holds " + secret);
            }
        }
        assertFalse(Files.readString(root.resolve("release/ps1/p1.ipynb")).contains("hidden"));
        String half = Files.readString(root.resolve("feedback/half/ps1/p1.html"));
        assertTrue(half.contains("visible tests passed; 1 hidden test ran"), half);
        assertTrue(half.contains("Well said, but"), half);
        assertTrue(half.contains("1.5 of 2 points"), half);
        String empty = Files.readString(root.resolve("feedback/empty/ps1/p1.html"));
        assertTrue(empty.contains("a visible test failed; see above"), empty);
        assertTrue(empty.contains("UnsupportedOperationException"), "what the visible test said");
        assertTrue(empty.contains("YOUR CODE HERE\n    at "), "a line for each line of the traceback: " + empty);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "if (f(1) != 2) throw new AssertionError(\"a; b\"); | 1",
                "int a = 1; assert a == 1; | 2",
                "for (int i = 0; i < 3; i++) { check(i); } check(4); | 2",
                "try { f(); } catch (Exception e) { g(); } finally { h(); } | 1",
                "if (a) { b(); } else { c(); } // d; | 1",
                "f(() -> { g(); h(); }); | 1",
                "char c = ';' ; x | 2"
            })
    void statementsAreCounted(String source, int expected) {
        assertEquals(expected, Statements.count(source));
    }

    @Test
    void pointsBeyondWhatACellCanEarnAreNamed() throws Exception {
        Files.writeString(
                root.resolve("manual.csv"), "assignment,student,grade_id,points,comment\nps1,half,essay,3,\n");
        var score = new CellScore("essay", java.util.OptionalDouble.empty(), 2, "", "", false);
        var grade = StudentGrade.missing("half", 2).withScores(List.of(score));
        ManualGrades manual = ManualGrades.of(root);
        assertEquals(
                "the points of half for essay in manual.csv must be from 0 to 2, were 3.",
                assertThrows(NotebookException.class, () -> manual.apply("ps1", grade))
                        .getMessage());
        Files.writeString(root.resolve("manual.csv"), "student\n");
        assertTrue(assertThrows(NotebookException.class, () -> ManualGrades.of(root))
                .getMessage()
                .endsWith("must begin with the line assignment,student,grade_id,points,comment."));
    }
}
