package touchstone.course;

import com.google.gson.JsonObject;
import touchstone.course.variant.MarkedSource;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/** Makes of an instructor's notebook what students get, in nbgrader's order of steps. */
final class Release {
    private final CourseSettings settings;

    Release(CourseSettings settings) {
        this.settings = settings;
    }

    /**
     * The notebook that grading restores locked cells from: locked, without solutions and outputs, with hidden tests, mark schemes and
     * checksums. The source is not changed.
     */
    Notebook graded(Notebook source, String name) throws NotebookException {
        Notebook notebook = Notebook.parse(source.toJson(), name);
        notebook.cells().forEach(this::lock);
        notebook.cells().forEach(this::clearSolution);
        notebook.strip();
        notebook.cells().forEach(Release::clearVariantMarks);
        notebook.cells().forEach(Release::sign);
        return notebook;
    }

    /** What students get: {@link #graded} without hidden tests and mark schemes, signed again. */
    Notebook released(Notebook source, String name) throws NotebookException {
        Notebook notebook = graded(source, name);
        for (Cell cell : notebook.cells()) {
            String shown = CourseSettings.HIDDEN_TESTS.removed(cell.source());
            cell.setSource(CourseSettings.MARK_SCHEME.removed(shown));
            sign(cell);
        }
        return notebook;
    }

    /** Solutions cannot be deleted; what is graded or given cannot be edited either. */
    private void lock(Cell cell) {
        CellMarks.of(cell).ifPresent(marks -> {
            if (marks.solution() || marks.locked() || marks.task()) {
                cell.metadata().addProperty("deletable", false);
            }
            if (!marks.solution() && (marks.locked() || marks.task())) {
                cell.metadata().addProperty("editable", false);
            }
        });
    }

    private void clearSolution(Cell cell) {
        boolean solution = CellMarks.of(cell).filter(CellMarks::solution).isPresent();
        String stub = cell.isCode() ? settings.codeStub() : settings.textStub();
        if (CourseSettings.SOLUTION.in(cell.source())) {
            cell.setSource(CourseSettings.SOLUTION.replaced(cell.source(), stub));
        } else if (solution) {
            cell.setSource(stub);
        }
    }

    /** What a number may be, and by which expression it is made, is for the instructor alone. */
    private static void clearVariantMarks(Cell cell) {
        if (cell.isCode() && MarkedSource.bearsMarks(cell.source())) {
            cell.setSource(MarkedSource.withoutMarks(cell.source()));
        }
    }

    /** Notes the cell's type and its checksum in its marks. */
    static void sign(Cell cell) {
        CellMarks.of(cell).ifPresent(marks -> {
            JsonObject json = cell.metadata().getAsJsonObject(CellMarks.KEY);
            json.addProperty("cell_type", cell.type());
            json.addProperty("checksum", Checksum.of(cell, marks));
        });
    }
}
