package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;
import touchstone.notebook.NotebookException;

/** The tables, the histogram and the page on a class. */
class ReportTest {
    @TempDir
    private Path root = Path.of("");

    private CourseFolder course = new CourseFolder(root);

    @BeforeEach
    void copySource() throws Exception {
        course = new CourseFolder(root);
        Golden.copy("source/ps1/p1.ipynb", root);
    }

    private static CellScore score(String id, double points, double most) {
        OptionalDouble earned = points < 0 ? OptionalDouble.empty() : OptionalDouble.of(points);
        return new CellScore(id, earned, most, points < 0 ? "to be graded by hand" : "passed", "", false);
    }

    /** Scores of the golden assignment; below 0 where a person must grade. */
    private void graded(String student, long late, double test, double partial, double essay, String note)
            throws Exception {
        var scores = List.of(
                score("bt-test", test, 2),
                score("bt-partial", partial, 3),
                score("essay", essay, 2),
                score("sweep-task", 0, 2));
        write(new StudentGrade(student, StudentGrade.State.GRADED, "", late, scores, 9, List.of(note)));
    }

    private void write(StudentGrade grade) throws Exception {
        JsonObject json = grade.toJson();
        var under = new JsonArray();
        under.add("no network");
        json.add("ran_under", under);
        Path file = course.autograded(grade.student(), "ps1").resolve(Grader.SCORES);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent(), "parent"));
        Files.writeString(file, json.toString());
    }

    private void writeClass() throws Exception {
        graded("ada", 0, 2, 3, 2, "cell bt-test was missing and was put back");
        graded("bob", 5400, 0, 1.5, 1, "=HYPERLINK(\"x\")");
        graded("cy", 0, 2, 2, -1, "");
        write(new StudentGrade(
                "dan", StudentGrade.State.UNREADABLE, "", 0, List.of(), 9, List.of("p1.ipynb could not be graded")));
        Files.writeString(
                root.resolve("students.csv"),
                "id,first_name,last_name,email\nada,Ada,Lovelace,\nbob,@Bob,\"O, Brien\",\nzoe,Zo\u00eb,<b>,\n");
    }

    private String report(String name) throws Exception {
        return Files.readString(root.resolve("report/ps1").resolve(name));
    }

    @Test
    void tablesHoldEachStudentAndEachScore() throws Exception {
        writeClass();
        assertEquals(4, ReportFiles.write(course, "ps1").size());
        List<List<String>> grades = Csv.rows(report("grades.csv"));
        assertEquals(
                List.of("student", "last_name", "first_name", "bt-test", "bt-partial", "essay", "sweep-task", "total"),
                grades.get(0).subList(0, 8));
        assertEquals(
                List.of("ada", "bob", "cy", "dan", "zoe"),
                grades.stream().skip(1).map(row -> row.get(0)).toList());
        assertEquals(
                List.of(
                        "bob",
                        "O, Brien",
                        "'@Bob",
                        "0.0",
                        "1.5",
                        "1.0",
                        "0.0",
                        "2.5",
                        "9.0",
                        "27.78",
                        "0",
                        "1 h 30 min"),
                grades.get(2).subList(0, 12));
        assertEquals("'=HYPERLINK(\"x\")", grades.get(2).get(12), "no formula for a spreadsheet");
        assertEquals(
                List.of("", "", "", "", "", "9.0", "", "0", "", "nothing was handed in"),
                grades.get(5).subList(3, 13));
        List<List<String>> scores = Csv.rows(report("scores.csv"));
        assertEquals(1 + 3 * 4, scores.size());
        assertEquals(List.of("bob", "ps1", "bt-partial", "1.5", "3.0", "0.5", "partial", "passed"), scores.get(6));
        assertEquals(List.of("cy", "ps1", "essay", "", "2.0", "", "waiting", "to be graded by hand"), scores.get(11));
    }

    @Test
    void thePageSumsUpTheClass() throws Exception {
        writeClass();
        ReportFiles.write(course, "ps1");
        String page = report("index.html");
        for (String fact : List.of(
                "<dt>graded</dt><dd>3</dd>",
                "<dt>mean</dt><dd>50.0 %</dd>", // (7 + 2.5 + 4) / 27
                "<dt>median</dt><dd>44.4 %</dd>",
                "<dt>quartiles</dt><dd>36.1 \u2013 61.1 %</dd>",
                "<dt>missing</dt><dd>1</dd>",
                "<dt>late</dt><dd>1</dd>",
                "<dt>unreadable</dt><dd>1</dd>",
                "Zo\u00eb &lt;b&gt; (zoe)",
                "late: 1 h 30 min",
                "<li>no network</li>")) {
            assertTrue(page.contains(fact), fact + " in " + page);
        }
        assertFalse(page.matches("(?s).*(https?://(?!www.w3.org/2000/svg)|<script|<link).*"), "whole in itself");
    }

    @Test
    void exercisesAreSummedUpOverGradedAnswers() throws Exception {
        writeClass();
        ClassReport report = ClassReport.read(course, "ps1");
        ExerciseSummary test = report.exercises().get(0);
        assertEquals(2.0 / 3, test.meanShare().orElseThrow(), 1e-12);
        assertEquals(2.0 / 3, test.fullShare().orElseThrow(), 1e-12);
        // points 2, 0, 2 against 5, 2.5, 2: sums of products of deviations 4/3, 8/3 and 31/6
        assertEquals(
                4.0 / 3 / Math.sqrt(8.0 / 3 * 31 / 6), test.discrimination().orElseThrow(), 1e-12);
        assertEquals(2, report.exercises().get(2).graded(), "what waits is not counted");
        assertTrue(report.exercises().get(3).discrimination().isEmpty(), "nobody differs");
        assertEquals(
                0.6,
                ExerciseSummary.correlation(List.of(1., 2., 3., 4.), List.of(2., 1., 4., 3.))
                        .orElseThrow(),
                1e-12);
        assertTrue(ExerciseSummary.correlation(List.of(1., 2.), List.of(1., 2.)).isEmpty());
    }

    /** R's quantile(c(1, 2, 3, 4), type = 7). */
    @ParameterizedTest
    @CsvSource({"0, 1", "0.25, 1.75", "0.5, 2.5", "0.75, 3.25", "1, 4"})
    void quantilesAreThoseOfR(double share, double expected) {
        assertEquals(expected, ClassReport.quantile(new double[] {1, 2, 3, 4}, share), 1e-12);
    }

    @Test
    void theHistogramIsAPictureForAll() throws Exception {
        double[] percents = {0, 9.99, 10, 55, 90, 100};
        assertArrayEquals(new int[] {2, 1, 0, 0, 0, 1, 0, 0, 0, 2}, ScoreHistogram.counts(percents));
        String svg = ScoreHistogram.svg(percents, "a & b");
        var parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertEquals("a & b", parsed.getElementsByTagName("title").item(0).getTextContent());
        assertTrue(parsed.getElementsByTagName("desc")
                .item(0)
                .getTextContent()
                .startsWith("6 students, median 32.5 percent"));
        assertEquals(
                1 + 4,
                parsed.getElementsByTagName("rect").getLength(),
                "a ground and a bar for each bin with students");
        assertTrue(ScoreHistogram.svg(new double[0], "none").contains("No student is graded."));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "6, 2", "10, 2", "11, 5", "26, 10", "300, 100"})
    void ticksAreWholeNumbers(int most, int step) {
        assertEquals(step, ScoreHistogram.step(most));
    }

    private String refused() {
        return assertThrows(NotebookException.class, () -> ReportFiles.write(course, "ps1"))
                .sentence();
    }

    @Test
    void whatCannotBeReportedIsNamed() throws Exception {
        assertEquals("nothing of ps1 is graded yet; run course grade first.", refused());
        Path file = course.autograded("ada", "ps1").resolve(Grader.SCORES);
        for (String broken : List.of("{\"cells\": [", "[]", "{}", "{\"student\": 3, \"cells\": 1, \"notes\": []}")) {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent(), "parent"));
            Files.writeString(file, broken);
            assertEquals(file + " does not hold scores; run course grade again with --force.", refused());
        }
        assertFalse(Files.exists(root.resolve("report")), "nothing is half-written");
    }

    @ParameterizedTest
    @CsvSource({"=1+1, '''=1+1'", "+x, '''+x'", "-x, '''-x'", "@x, '''@x'", "x=1, x=1"})
    void formulasOfStrangersAreNone(String text, String expected) {
        assertEquals(expected, Csv.harmless(text));
    }

    @Test
    void csvIsReadAsItIsWritten() {
        List<List<String>> rows = List.of(List.of("a,b", "say \"x\"", "two\nlines", ""), List.of("", "", "", "end"));
        assertEquals(rows, Csv.rows(Csv.text(rows)));
        assertEquals("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\n,,,end\n", Csv.text(rows));
    }
}
