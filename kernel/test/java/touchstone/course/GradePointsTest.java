package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.kernel.Grade;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;

/** Partial credit with a message, as a test cell says it. */
class GradePointsTest {
    @TempDir
    private Path folder = Path.of("");

    private static Cell test(String id, double points, String source) {
        Cell cell = Cell.code(id, source);
        JsonObject marks = JsonParser.parseString("{\"grade\": true, \"locked\": true, \"solution\": false,"
                        + " \"schema_version\": 3, \"grade_id\": \"" + id + "\", \"points\": " + points + "}")
                .getAsJsonObject();
        cell.metadata().add("nbgrader", marks);
        return cell;
    }

    private static CellScore score(Cell cell) {
        return CellScore.of(cell, CellMarks.of(cell).orElseThrow());
    }

    private static Notebook notebook(Cell... cells) throws Exception {
        Notebook notebook = Notebook.empty();
        notebook.cells().addAll(List.of(cells));
        return notebook;
    }

    @Test
    void aTestCellGivesPointsAndSaysWhy() throws Exception {
        Cell plain = test("plain", 3, "Grade.points(2, 3).because(\"4 of <6> cases\")");
        Cell hidden = test(
                "hidden",
                2,
                "int good = 1;\nString why = \"half\";\n// BEGIN HIDDEN TESTS\ngood = 0;\nwhy = \"secret words\";\n"
                        + "// END HIDDEN TESTS\nGrade.points(good, 2).because(why)");
        Cell shown = test(
                "shown",
                2,
                "// BEGIN HIDDEN TESTS\nint n = 1;\n// END HIDDEN TESTS\n"
                        + "Grade.points(0.5, 4).because(\"look at ties\").shown()");
        Notebook notebook = notebook(plain, hidden, shown);
        GradingRun.run(notebook, CourseSettings.defaults(), Confinement.none(), folder);
        assertEquals(
                new CellScore("plain", OptionalDouble.of(2), 3, "gave its score", "4 of <6> cases", false),
                score(plain));
        assertEquals(
                new CellScore("hidden", OptionalDouble.of(0), 2, "gave its score", "secret words", false),
                score(hidden));
        assertEquals(
                new CellScore(
                        "shown",
                        OptionalDouble.of(0.5),
                        2,
                        "gave its score of 4 points where the cell has 2",
                        "look at ties",
                        true),
                score(shown));
        JsonObject data = plain.outputs().get(0).getAsJsonObject().getAsJsonObject("data");
        assertEquals("2.0", data.get("text/plain").getAsString(), "what nbgrader reads");
        assertTrue(data.get("text/html").getAsString().contains("4 of &lt;6&gt; cases"));
        var grade = StudentGrade.missing("ada", 7).withScores(List.of(score(plain), score(hidden), score(shown)));
        assertEquals(grade, StudentGrade.fromJson(grade.toJson()));
        String page = new Feedback(
                        new FeedbackHeading("course", "ps1", "x.ipynb", "ada"),
                        new Scored(grade, List.of()),
                        Map.of(),
                        Withheld.of(List.of(notebook)))
                .page(notebook, Exercise.of(notebook), folder.resolve("x.ipynb"));
        assertFalse(page.contains("secret"), page);
        assertTrue(page.contains("2 hidden tests ran; the visible tests say: half"), page);
        assertTrue(page.contains("look at ties"), page);
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "-1, 2", "NaN, 2", "0, 0", "1, Infinity"})
    void impossiblePointsAreRefused(double got, double max) {
        String message = assertThrows(IllegalArgumentException.class, () -> Grade.points(got, max))
                .getMessage();
        assertTrue(message.matches("(got|max) must be .*, was .*"), message);
    }
}
