package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/** What students hand in, in all the forms that arrive. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class SubmissionTest {
    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void copySource() throws IOException {
        put("source/ps1/p1.ipynb", golden("source/ps1/p1.ipynb"));
        put("source/ps1/data/numbers.csv", "1,2,3".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static byte[] golden(String path) throws IOException {
        return Files.readAllBytes(Golden.folder().resolve(path));
    }

    private static byte[] good() throws IOException {
        return golden("submitted/good/ps1/p1.ipynb");
    }

    private void put(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent(), "parent"));
        Files.write(file, bytes);
    }

    private void put(String path, String text) throws IOException {
        put(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void zip(String path, Map<String, byte[]> entries) throws IOException {
        put(path, "");
        try (OutputStream out = Files.newOutputStream(root.resolve(path));
                var zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
    }

    private Map<String, StudentGrade> grade() throws NotebookException {
        var grades = new HashMap<String, StudentGrade>();
        for (StudentGrade each : new Grader(new CourseFolder(root), "ps1", line -> {}).all(2, false)) {
            grades.put(each.student(), each);
        }
        return grades;
    }

    private static void assertUnreadable(StudentGrade grade, String because) {
        assertEquals(StudentGrade.State.UNREADABLE, grade.state(), grade.toString());
        assertEquals(0, grade.points());
        assertEquals(List.of(because), grade.notes());
    }

    @Test
    void whatCannotBeGradedIsNamedAndNothingIsUnpackedOutside() throws Exception {
        zip("submitted/leaves/ps1/a.zip", Map.of("../../../../evil.ipynb", good()));
        zip("submitted/bomb/ps1/a.zip", Map.of("p1.ipynb", new byte[101 << 20]));
        put("submitted/nozip/ps1/a.zip", "this is no zip file");
        zip("submitted/both/ps1/a.zip", Map.of("p1.ipynb", good()));
        put("submitted/both/ps1/p1.ipynb", good());
        put("submitted/twice/ps1/p1.ipynb", good());
        put("submitted/twice/ps1/p1 (1).ipynb", good());
        put("submitted/other/ps1/p1.ipynb", Notebook.empty().toJson());
        Map<String, StudentGrade> grades = grade();
        assertUnreadable(
                grades.get("leaves"),
                "a.zip holds a path that leaves the folder: ../../../../evil.ipynb; it was not unpacked.");
        assertUnreadable(grades.get("bomb"), "a.zip unpacks to more than 100 MB; it was not unpacked.");
        assertTrue(grades.get("nozip").notes().get(0).startsWith("a.zip is not a zip file that can be read: "));
        assertUnreadable(grades.get("both"), "a.zip and p1.ipynb are two submissions of one student; keep one.");
        assertUnreadable(grades.get("twice"), "p1 (1).ipynb and p1.ipynb are two submissions of one student; keep one");
        assertUnreadable(
                grades.get("other"),
                "p1.ipynb has none of the assignment's cells; it may be a submission of another assignment.");
        assertFalse(Files.exists(root.resolve("evil.ipynb")));
        assertFalse(Files.exists(root.resolve("autograded/twice/ps1/p1.ipynb")));
    }

    @Test
    void zipsRenamedNotebooksLateOnesAndThoseOfTheRosterAreGraded() throws Exception {
        put("course.properties", "due.ps1 = 2026-03-01 12:00 UTC\n");
        put("students.csv", "id,first_name,last_name,email\nzipped,Zoe,\"Ip, Dr\",z@x.org\nabsent,Abe,Sent,a@x.org\n");
        zip("submitted/zipped/ps1/work.zip", Map.of("my work/p1.ipynb", good(), "__MACOSX/._p1.ipynb", new byte[3]));
        put("submitted/zipped/ps1/timestamp.txt", "2026-03-02 14:30:00.123 +0100\n");
        Notebook reads = Notebook.parse(new String(good(), java.nio.charset.StandardCharsets.UTF_8), "good");
        reads.cells().add(Cell.code("reads", "new java.util.Scanner(new java.io.File(\"data/numbers.csv\")).next()"));
        put("submitted/renamed/ps1/p1 (1).ipynb", reads.toJson());
        put("submitted/renamed/ps1/timestamp.txt", "2026-03-01 11:59 UTC");
        Files.createSymbolicLink(root.resolve("submitted/renamed/ps1/link.txt"), root.resolve("students.csv"));
        Map<String, StudentGrade> grades = grade();
        assertEquals(5, grades.get("zipped").points());
        assertEquals("2026-03-02 13:30:00 UTC", grades.get("zipped").handedIn());
        assertEquals(25 * 3600 + 1800, grades.get("zipped").late());
        assertEquals(List.of("late by 1 d 1 h"), grades.get("zipped").notes());
        assertEquals(5, grades.get("renamed").points());
        assertEquals(0, grades.get("renamed").late());
        assertEquals(
                List.of("link.txt is a link and was ignored"),
                grades.get("renamed").notes());
        assertTrue(Files.readString(root.resolve("autograded/renamed/ps1/p1.ipynb"))
                .contains("1,2,3"));
        assertEquals(StudentGrade.State.MISSING, grades.get("absent").state());
        List<String> rows = Files.readAllLines(root.resolve("grades.csv"));
        assertTrue(
                rows.contains(
                        "ps1,2026-03-01 12:00:00 UTC,2026-03-02 13:30:00 UTC,zipped,\"Ip, Dr\",Zoe,z@x.org,5.0,0.0,"
                                + "5.0,9.0"),
                rows.toString());
        assertTrue(
                rows.contains("ps1,2026-03-01 12:00:00 UTC,,absent,Sent,Abe,a@x.org,0.0,0.0,0.0,9.0"), rows.toString());
        new CourseFolder(root).release("ps1", false);
        assertEquals("1,2,3", Files.readString(root.resolve("release/ps1/data/numbers.csv")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01 12:00, 2026-03-01 12:00:00 UTC",
        "2026-03-01T12:00:30Z, 2026-03-01 12:00:30 UTC",
        "2026-03-01 12:00:30.5 -05:30, 2026-03-01 17:30:30 UTC"
    })
    void timesAreReadAsNbgraderWritesThem(String text, String expected) throws Exception {
        assertEquals(expected, HandIn.text(HandIn.time(text, "x")));
    }

    @ParameterizedTest
    @CsvSource({"tomorrow", "2026-02-30 12:00", "2026-03-01"})
    void othersAreRefused(String text) {
        String message = assertThrows(NotebookException.class, () -> HandIn.time(text, "due.ps1"))
                .getMessage();
        assertTrue(message.startsWith("due.ps1 "), message);
    }

    @ParameterizedTest
    @CsvSource({"10, 1 min", "3599, 59 min", "7260, 2 h 1 min", "90000, 1 d 1 h"})
    void durationsAreToldInWords(long seconds, String words) {
        assertEquals(words, HandIn.words(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,first_name\\nada,Ada | must begin with a line that names its columns",
                "id\\nada\\nada | row 3 of ",
                "id\\n../x | row 2 of "
            })
    void faultsOfTheRosterAreNamed(String text, String said) throws Exception {
        put("students.csv", text.replace("\\n", "\n"));
        String message =
                assertThrows(NotebookException.class, () -> Roster.of(root)).getMessage();
        assertTrue(message.contains(said), message);
    }
}
