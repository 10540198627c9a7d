package touchstone.course;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import touchstone.notebook.Cell;
import touchstone.notebook.Json;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/** The instructor's own solution, run as submissions are: it must earn all that can be earned by itself. */
final class Reference {
    private final CourseFolder course;
    private final String assignment;
    private final CourseSettings settings;
    private final Confinement confinement;

    Reference(CourseFolder course, String assignment) throws NotebookException {
        this.course = course;
        this.assignment = assignment;
        this.settings = course.settings();
        this.confinement = Confinement.of(settings, course.root());
    }

    /** What does not earn its points in any of the notebooks, a sentence each with the cell. */
    List<String> faults() throws NotebookException {
        var faults = new ArrayList<String>();
        for (Path file : course.sources(assignment)) {
            Notebook notebook = Notebook.read(file);
            String name = String.valueOf(file.getFileName());
            run(notebook).forEach(note -> faults.add(name + ": " + note + "."));
            List<Cell> cells = notebook.cells();
            for (int i = 0; i < cells.size(); i++) {
                String where = name + ": cell " + (i + 1);
                fault(cells.get(i)).ifPresent(said -> faults.add(where + said));
            }
        }
        return faults;
    }

    /** Runs a source notebook, which gets the outputs; a sentence for each thing that did not go as it should. */
    List<String> run(Notebook notebook) throws NotebookException {
        notebook.strip();
        try (var scratch = Scratch.make()) {
            Submission.copyOthers(Submission.walk(course.source(assignment), new ArrayList<>()), scratch.folder());
            return GradingRun.run(notebook, settings, confinement, scratch.folder());
        } catch (IOException e) {
            throw NotebookException.environment("cannot copy the files of " + assignment + ": " + e.getMessage() + ".");
        }
    }

    private static java.util.Optional<String> fault(Cell cell) {
        return CellMarks.of(cell).filter(CellMarks::test).flatMap(marks -> {
            CellScore score = CellScore.of(cell, marks);
            if (score.full()) {
                return java.util.Optional.empty();
            }
            return java.util.Optional.of(" (" + marks.id() + ") gives the solution of the source "
                    + Grader.number(score.points().orElse(0)) + " of " + Grader.number(score.most()) + " points: it "
                    + score.why() + error(cell) + ".");
        });
    }

    private static String error(Cell cell) {
        for (JsonElement output : cell.outputs()) {
            JsonObject json = output.getAsJsonObject();
            if (Json.text(json, "output_type", "").equals("error")) {
                String value = Json.text(json, "evalue", "").lines().findFirst().orElse("");
                return " (" + Json.text(json, "ename", "") + (value.isEmpty() ? "" : ": " + value) + ")";
            }
        }
        return "";
    }
}
