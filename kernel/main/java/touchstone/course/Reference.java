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
import touchstone.notebook.Sandbox;

/** The instructor's own solution, run as submissions are: it must earn all that can be earned by itself. */
final class Reference {
    private final CourseFolder course;
    private final String assignment;
    private final CourseSettings settings;
    private final Confinement confinement;

    private Reference(CourseFolder course, String assignment, CourseSettings settings, Confinement confinement) {
        this.course = course;
        this.assignment = assignment;
        this.settings = settings;
        this.confinement = confinement;
    }

    /** For an assignment, to be run as its submissions are. */
    static Reference of(CourseFolder course, String assignment) throws NotebookException {
        CourseSettings settings = course.settings();
        Confinement confinement = Confinement.of(settings, course.root());
        if (confinement.sandbox().isPresent()) {
            unpackNatives(course, assignment, settings);
        }
        return new Reference(course, assignment, settings, confinement);
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

    /**
     * Runs the solutions outside the sandbox where no native libraries are unpacked yet that could be lent to what runs in it. They are the
     * instructor's own.
     */
    static void unpackNatives(CourseFolder course, String assignment, CourseSettings settings)
            throws NotebookException {
        if (!Sandbox.canLend()) {
            var free = new Reference(course, assignment, settings, Confinement.none());
            for (Path file : course.sources(assignment)) {
                free.run(Notebook.read(file));
            }
        }
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
