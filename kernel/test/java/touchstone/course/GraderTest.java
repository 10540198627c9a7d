package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import touchstone.notebook.NotebookException;

/** A course's folder from source to scores. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class GraderTest {
    @TempDir
    private Path root = Path.of("");

    private CourseFolder course = new CourseFolder(root);

    @BeforeEach
    void copySource() throws IOException {
        course = new CourseFolder(root);
        Golden.copy("source/ps1/p1.ipynb", root);
    }

    @Test
    void releasesOnceAndAgainOnlyWhenTold() throws Exception {
        assertEquals(List.of(root.resolve("release/ps1/p1.ipynb")), course.release("ps1", false));
        assertEquals(
                Golden.notebook("release/ps1/p1.ipynb").toJson(),
                Files.readString(root.resolve("release/ps1/p1.ipynb")));
        String message = assertThrows(NotebookException.class, () -> course.release("ps1", false))
                .getMessage();
        assertTrue(message.endsWith("is there already; give --force to release it again."), message);
        assertEquals(1, course.release("ps1", true).size());
    }

    @Test
    void gradesTwoAtATimeAndASecondTimeAtOnce() throws Exception {
        for (String student : List.of("good", "half", "tamper")) {
            Golden.copy("submitted/" + student + "/ps1/p1.ipynb", root);
        }
        Files.createDirectories(root.resolve("submitted/nothing/ps1"));
        Files.createDirectories(root.resolve("submitted/broken/ps1"));
        Files.writeString(root.resolve("submitted/broken/ps1/p1.ipynb"), "{\"cells\": [");
        var said = Collections.synchronizedList(new ArrayList<String>());
        List<StudentGrade> grades = new Grader(course, "ps1", said::add).all(2, false);
        assertEquals(
                List.of("broken", "good", "half", "nothing", "tamper"),
                grades.stream().map(StudentGrade::student).toList());
        assertEquals(
                List.of(0.0, 5.0, 1.0, 0.0, 5.0),
                grades.stream().map(StudentGrade::points).toList());
        assertEquals(1, grades.get(1).waiting(), "the task");
        assertTrue(
                grades.get(0).notes().get(0).contains("p1.ipynb is not valid JSON"),
                grades.get(0).toString());
        assertEquals(List.of("nothing was handed in"), grades.get(3).notes());
        String table = Files.readString(root.resolve("grades.csv"));
        for (String row : List.of("ps1,,,good,,,,5.0,0.0,5.0,9.0", "ps1,,,half,,,,1.0,0.0,1.0,9.0")) {
            assertTrue(Files.readAllLines(Golden.folder().resolve("grades.csv")).contains(row), row);
            assertTrue(table.contains(row + "\n"), table);
        }
        String graded = Files.readString(root.resolve("autograded/good/ps1/p1.ipynb"));
        said.clear();
        assertEquals(grades, new Grader(course, "ps1", said::add).all(2, false));
        assertTrue(said.stream().allMatch(line -> line.endsWith(": graded before")), said.toString());
        assertEquals(table, Files.readString(root.resolve("grades.csv")));
        assertEquals(
                grades.get(1), new Grader(course, "ps1", said::add).all(2, true).get(1));
        assertEquals(graded, Files.readString(root.resolve("autograded/good/ps1/p1.ipynb")), "the same to the byte");
    }

    @Test
    void scoresOfOtherAssignmentsStay() throws Exception {
        Files.writeString(
                root.resolve("grades.csv"), "assignment,x\nps0,,,good,,,,1.0,0.0,1.0,2.0\nps1,,,old,,,,1,0,1,9\n");
        GradesFile.update(course, "ps1", List.of(StudentGrade.missing("a,b", 9)));
        List<String> rows = Files.readAllLines(root.resolve("grades.csv"));
        assertEquals(3, rows.size());
        assertEquals("ps0,,,good,,,,1.0,0.0,1.0,2.0", rows.get(1));
        assertEquals("ps1,,,\"a,b\",,,,0.0,0.0,0.0,9.0", rows.get(2));
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        assertEquals(
                "there is no notebook in " + root.resolve("source/ps9") + "; put the assignment's notebooks there.",
                assertThrows(NotebookException.class, () -> course.faults("ps9"))
                        .getMessage());
        assertEquals(
                "the assignment must be a folder's name, was \"../x\".",
                assertThrows(NotebookException.class, () -> course.faults("../x"))
                        .getMessage());
        Files.writeString(root.resolve("course.properties"), "cell.seconds = soon\n");
        String message = assertThrows(NotebookException.class, () -> new Grader(course, "ps1", line -> {}))
                .getMessage();
        assertTrue(message.startsWith("cell.seconds in ") && message.endsWith("was soon."), message);
        Files.writeString(root.resolve("course.properties"), "cell.second = 3\n");
        assertTrue(assertThrows(NotebookException.class, () -> course.settings())
                .getMessage()
                .contains("unknown setting cell.second;"));
        assertFalse(Files.exists(root.resolve("autograded")));
    }
}
