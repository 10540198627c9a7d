package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.notebook.Notebook;

/** A course's submissions, compared. */
class SimilarityReportTest {
    private static final String ONE =
            "double bt(double a, double b) {\n    double z = a - b;\n    if (z < -30) { return Math.exp(z) * 1.0; }\n"
                    + "    return 1.0 / (1.0 + Math.exp(-z));\n}";
    private static final String SAME =
            "double bt(double x, double y) { double diff = x - y; // <b>mine</b>\n if (diff < -40) { return Math.exp(diff) * 1.5; }"
                    + " return 1.0 / (1.0 + Math.exp(-diff)); }";
    private static final String OTHER =
            "double bt(double a, double b) {\n    double[] e = {Math.exp(a), Math.exp(b)};\n    return e[0] / (e[0] + e[1]);\n}";

    @TempDir
    private Path root = Path.of("");

    private CourseFolder course = new CourseFolder(root);

    @BeforeEach
    void copySource() throws IOException {
        course = new CourseFolder(root);
        Golden.copy("source/ps1/p1.ipynb", root);
    }

    private void handIn(String student, String answer) throws Exception {
        Notebook notebook = Golden.notebook("release/ps1/p1.ipynb");
        notebook.cells().get(2).setSource(answer);
        Files.createDirectories(course.submitted(student, "ps1"));
        notebook.write(course.submitted(student, "ps1").resolve("p1.ipynb"));
    }

    @Test
    void tableAndPageShowTheCodeInCommon() throws Exception {
        String untouched =
                Golden.notebook("release/ps1/p1.ipynb").cells().get(2).source();
        handIn("ada", ONE);
        handIn("bob", SAME);
        handIn("cyd", OTHER);
        handIn("dan", untouched);
        handIn("eve", untouched);
        Files.createDirectories(course.submitted("fay", "ps1"));
        Files.writeString(course.submitted("fay", "ps1").resolve("p1.ipynb"), "{");
        SimilarityReport report = SimilarityReport.of(course, "ps1");
        assertEquals(1, report.pairs().size(), report.pairs().toString());
        assertEquals("ada", report.pairs().get(0).first());
        assertEquals("bob", report.pairs().get(0).second());
        assertEquals(1, report.pairs().get(0).score());
        assertEquals(1, report.notes().size(), report.notes().toString());
        assertTrue(report.notes().get(0).startsWith("fay: "), report.notes().get(0));
        List<Path> written = report.write(course, "ps1");
        List<String> table = Files.readAllLines(written.get(0));
        assertEquals("student_a,student_b,a_in_b,b_in_a,longest_run,shared_fingerprints", table.get(0));
        assertEquals(2, table.size());
        assertTrue(table.get(1).startsWith("ada,bob,1.0000,1.0000,"), table.get(1));
        String page = Files.readString(written.get(1));
        assertTrue(page.contains("evidence to look at, not a verdict"), page);
        assertTrue(page.contains("<mark class=\"c0\"><b>1</b>"), page);
        assertTrue(page.contains("&lt;b&gt;mine&lt;/b&gt;"), "students' text is escaped");
        assertFalse(page.contains("<b>mine"), page);
        assertFalse(page.contains("http"), "it needs nothing else");
    }
}
