package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
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

/** The submissions that nbgrader graded, and its scores. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class GradingTest {
    private static final CourseSettings SETTINGS =
            CourseSettings.defaults().withCellLimit(Duration.ofSeconds(6)); // a loop takes all of it, twice

    private static final Confinement CONFINEMENT = confinement();

    @TempDir
    private Path folder = Path.of("");

    private static Confinement confinement() {
        try {
            return Confinement.of(SETTINGS, Path.of("course"));
        } catch (NotebookException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Notebook graded() throws NotebookException {
        return new Release(SETTINGS).graded(Golden.notebook("source/ps1/p1.ipynb"), "p1");
    }

    private static List<CellScore> scores(Notebook notebook) {
        return notebook.cells().stream()
                .flatMap(cell ->
                        CellMarks.of(cell).filter(m -> m.grade() || m.task()).map(m -> CellScore.of(cell, m)).stream())
                .toList();
    }

    /** As grades.csv has them, but for two that should be better: a deleted test is put back, and an exit costs its cell alone. */
    @ParameterizedTest
    @CsvSource({
        "good, 5",
        "tamper, 5",
        "empty, 0",
        "half, 1",
        "stderr, 0",
        "syntax, 0",
        "loop, 0",
        "deleted, 5",
        "exit, 5"
    })
    void submissionsEarnWhatNbgraderGaveThem(String student, double points) throws Exception {
        Notebook submitted = Golden.notebook("submitted/" + student + "/ps1/p1.ipynb");
        Restored restored = Restored.of(graded(), submitted, student);
        GradingRun.run(restored.notebook(), SETTINGS, CONFINEMENT, folder);
        List<CellScore> scores = scores(restored.notebook());
        assertEquals(9, scores.stream().mapToDouble(CellScore::most).sum());
        assertEquals(
                points, scores.stream().mapToDouble(s -> s.points().orElse(0)).sum(), scores.toString());
    }

    @Test
    void whatWasMendedIsTold() throws Exception {
        Restored tampered = Restored.of(graded(), Golden.notebook("submitted/tamper/ps1/p1.ipynb"), "tamper");
        assertEquals(List.of("cell bt-test was changed and was restored"), tampered.notes());
        Restored deleted = Restored.of(graded(), Golden.notebook("submitted/deleted/ps1/p1.ipynb"), "deleted");
        assertEquals(List.of("cell bt-test was missing and was put back"), deleted.notes());
        assertEquals(
                List.of("setup", "bt-solution", "bt-test", "bt-partial", "essay", "sweep-task"),
                deleted.notebook().cells().stream()
                        .flatMap(c -> CellMarks.of(c).map(CellMarks::id).stream())
                        .collect(Collectors.toList()));
        assertEquals(
                List.of(),
                Restored.of(graded(), Golden.notebook("submitted/good/ps1/p1.ipynb"), "good")
                        .notes());
    }

    @Test
    void aNotebookCannotSteerItsGrading() throws Exception {
        Notebook submitted = Golden.notebook("submitted/empty/ps1/p1.ipynb");
        for (Cell cell : submitted.cells()) {
            if (CellMarks.of(cell).filter(CellMarks::test).isPresent()) {
                var tags = new com.google.gson.JsonArray();
                tags.add("skip-execution");
                cell.metadata().add("tags", tags);
                cell.metadata().getAsJsonObject("nbgrader").addProperty("points", 100);
            }
        }
        Cell forged = Cell.code("forged", "1 + 1");
        var marks = CellMarks.of(submitted.cells().get(3)).isPresent()
                ? submitted
                        .cells()
                        .get(3)
                        .metadata()
                        .getAsJsonObject("nbgrader")
                        .deepCopy()
                : new com.google.gson.JsonObject();
        marks.addProperty("grade_id", "bonus");
        forged.metadata().add("nbgrader", marks);
        submitted.cells().add(forged);
        Restored restored = Restored.of(graded(), submitted, "empty");
        assertEquals(List.of("cell bonus is not of the assignment and was not graded"), restored.notes());
        GradingRun.run(restored.notebook(), SETTINGS, CONFINEMENT, folder);
        List<CellScore> scores = scores(restored.notebook());
        assertEquals(9, scores.stream().mapToDouble(CellScore::most).sum());
        assertEquals(0, scores.stream().mapToDouble(s -> s.points().orElse(0)).sum(), scores.toString());
    }

    @Test
    void whatEndsTheKernelCostsItsCellAlone() throws Exception {
        Notebook submitted = Golden.notebook("submitted/good/ps1/p1.ipynb");
        submitted
                .cells()
                .add(
                        2,
                        Cell.code(
                                "hostile",
                                "new ProcessBuilder(\"kill\", \"-9\", "
                                        + "Long.toString(ProcessHandle.current().pid())).start().waitFor(); Thread.sleep(5000);"));
        submitted
                .cells()
                .add(
                        3,
                        Cell.code(
                                "greedy",
                                "byte[][] all = new byte[4000][]; "
                                        + "for (int i = 0; i < 4000; i++) all[i] = new byte[1 << 20];"));
        Restored restored = Restored.of(graded(), submitted, "hostile");
        List<String> notes = GradingRun.run(restored.notebook(), SETTINGS, CONFINEMENT, folder);
        assertEquals(2, notes.size(), notes.toString());
        assertTrue(notes.get(0).startsWith("cell hostile ended the kernel: "), notes.toString());
        assertEquals("cell greedy took all memory", notes.get(1));
        assertEquals(
                5,
                scores(restored.notebook()).stream()
                        .mapToDouble(s -> s.points().orElse(0))
                        .sum());
    }

    @Test
    void anotherAssignmentIsNamed() throws Exception {
        Notebook other = Notebook.empty();
        String message = assertThrows(NotebookException.class, () -> Restored.of(graded(), other, "x.ipynb"))
                .getMessage();
        assertEquals(
                "x.ipynb has none of the assignment's cells; it may be a submission of another assignment.", message);
    }
}
