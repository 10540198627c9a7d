package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

class ReleaseTest {
    private static final String P1 = "ps1/p1.ipynb";

    @Test
    void isWhatNbgraderReleasesToTheByte() throws Exception {
        Notebook expected = Golden.notebook("release/" + P1);
        Notebook released = new Release(CourseSettings.defaults()).released(Golden.notebook("source/" + P1), "p1");
        assertEquals(expected.cells().size(), released.cells().size());
        for (int i = 0; i < expected.cells().size(); i++) {
            Cell cell = expected.cells().get(i);
            assertEquals(cell.source(), released.cells().get(i).source());
            assertEquals(cell.metadata(), released.cells().get(i).metadata(), "metadata of cell " + i);
        }
        assertEquals(expected.metadata(), released.metadata());
        assertEquals(expected.toJson(), released.toJson());
    }

    @Test
    void theNotebookForGradingKeepsHiddenTestsUnderNbgradersChecksum() throws Exception {
        Notebook graded = new Release(CourseSettings.defaults()).graded(Golden.notebook("source/" + P1), "p1");
        Notebook theirs = Golden.notebook("autograded/good/" + P1);
        for (int i = 0; i < graded.cells().size(); i++) {
            var own = CellMarks.of(graded.cells().get(i));
            if (own.filter(m -> m.locked() || m.task()).isPresent()) {
                assertEquals(
                        theirs.cells().get(i).source(), graded.cells().get(i).source());
                assertEquals(
                        CellMarks.of(theirs.cells().get(i)).map(CellMarks::checksum), own.map(CellMarks::checksum));
            }
        }
        assertTrue(graded.toJson().contains("hidden: bt(2,1)"));
        assertFalse(graded.toJson().contains("Math.exp(b - a)"), "the solution is gone");
    }

    @Test
    void theSourceIsWellAndStays() throws Exception {
        Notebook source = Golden.notebook("source/" + P1);
        String before = source.toJson();
        assertEquals(List.of(), SourceCheck.faults(source, "p1.ipynb"));
        new Release(CourseSettings.defaults()).released(source, "p1");
        assertEquals(before, source.toJson());
    }

    private static Cell cell(String source, Map<String, Object> marks) {
        Cell cell = Cell.code("c" + marks.hashCode(), source);
        var json = new JsonObject();
        json.addProperty("schema_version", 3);
        marks.forEach((key, value) -> {
            if (value instanceof Boolean flag) {
                json.addProperty(key, flag);
            } else if (value instanceof Number number) {
                json.addProperty(key, number);
            } else {
                json.addProperty(key, value.toString());
            }
        });
        cell.metadata().add("nbgrader", json);
        return cell;
    }

    private static List<String> faults(Cell... cells) {
        Notebook notebook = Notebook.empty();
        notebook.cells().addAll(List.of(cells));
        return SourceCheck.faults(notebook, "a.ipynb");
    }

    @Test
    void everyFaultOfASourceIsNamedWithItsCell() {
        Map<String, Object> test = Map.of("grade_id", "t", "grade", true, "points", 1);
        Map<String, Object> solution = Map.of("grade_id", "s", "solution", true);
        assertEquals(
                List.of("a.ipynb: cell 2 (t) has the grade id of cell 1; each must be its own."),
                faults(cell("1", test), cell("2", test)));
        assertEquals(
                List.of(
                        "a.ipynb: cell 1 must have a grade id of letters, digits, _ and -, had \"\".",
                        "a.ipynb: cell 1 is graded but has no points, or points below 0."),
                faults(cell("1", Map.of("grade", true))));
        assertEquals(
                List.of("a.ipynb: cell 1 (s) has a \"BEGIN SOLUTION\" inside another."),
                faults(cell("// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION", solution), cell("", test)));
        assertEquals(
                List.of("a.ipynb: cell 1 (s) has a \"BEGIN SOLUTION\" without a \"END SOLUTION\"."),
                faults(cell("// BEGIN SOLUTION\n1", solution), cell("", test)));
        assertEquals(
                List.of("a.ipynb: cell 1 (s) is a solution without a graded cell after it."),
                faults(cell("", solution)));
        assertEquals(
                List.of("a.ipynb: cell 1 has hidden tests but is not marked as a graded cell."),
                faults(Cell.code("x", "// BEGIN HIDDEN TESTS\n1\n// END HIDDEN TESTS")));
        assertEquals(
                List.of("a.ipynb: cell 1 has a solution region but is not marked as a solution."),
                faults(Cell.code("x", "// BEGIN SOLUTION\n1\n// END SOLUTION")));
        assertEquals(
                List.of("a.ipynb: cell 1 (t) has marks of schema 2, not 3; update it with nbgrader update."),
                faults(cell("1", Map.of("grade_id", "t", "grade", true, "points", 1, "schema_version", 2))));
    }

    @Test
    void notebooksOfOtherLanguagesAreRefused() throws NotebookException {
        Notebook python = Notebook.empty();
        python.metadata().getAsJsonObject("kernelspec").addProperty("language", "python");
        python.metadata().getAsJsonObject("kernelspec").addProperty("display_name", "Python 3");
        List<String> faults = SourceCheck.faults(python, "a.ipynb");
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).contains("\"Python 3\""), faults.get(0));
    }

    @Test
    void numbersInChecksumsAreAsPythonWritesThem() {
        assertEquals("2.0", Checksum.python(2));
        assertEquals("0.5", Checksum.python(0.5));
        assertEquals("0.0001", Checksum.python(1e-4));
        assertEquals("1e-05", Checksum.python(1e-5));
        assertEquals("12345678.0", Checksum.python(12345678));
        assertEquals("1e+16", Checksum.python(1e16));
        assertEquals("1.5e+20", Checksum.python(1.5e20));
    }
}
