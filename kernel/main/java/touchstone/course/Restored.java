package touchstone.course;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/**
 * A submission with the instructor's cells put back: changed and deleted ones as they were, forged marks gone, and nothing left by which a
 * notebook could steer how it is run.
 *
 * @param notebook ready to run
 * @param notes a sentence for each thing that was mended
 */
record Restored(Notebook notebook, List<String> notes) {
    private static final Set<String> STEERING = Set.of("tags", "execution");

    Restored {
        notes = List.copyOf(notes);
    }

    /**
     * Restores a submission.
     *
     * @param graded the notebook for grading, as {@link Release#graded} makes it
     * @param submitted what the student handed in; not changed
     * @throws NotebookException when the submission has none of the assignment's cells
     */
    static Restored of(Notebook graded, Notebook submitted, String name) throws NotebookException {
        Notebook notebook = Notebook.parse(submitted.toJson(), name);
        notebook.strip();
        var notes = new ArrayList<String>();
        Map<String, Cell> wanted = marked(graded);
        dropForgeries(notebook, wanted, notes);
        Map<String, Cell> found = marked(notebook);
        if (found.isEmpty() && !wanted.isEmpty()) {
            throw NotebookException.usage(
                    name + " has none of the assignment's cells; it may be a submission of another assignment.");
        }
        for (Cell cell : notebook.cells()) {
            STEERING.forEach(cell.metadata()::remove);
            CellMarks.of(cell).ifPresent(marks -> restore(cell, own(wanted, marks.id()), marks.id(), notes));
        }
        insertMissing(notebook, graded, found, notes);
        notebook.metadata().remove("execution");
        notebook.metadata()
                .add("kernelspec", graded.metadata().get("kernelspec").deepCopy());
        return new Restored(notebook, notes);
    }

    private static Cell own(Map<String, Cell> cells, String id) {
        Cell cell = cells.get(id);
        if (cell == null) {
            throw new IllegalStateException("no cell " + id);
        }
        return cell;
    }

    private static Map<String, Cell> marked(Notebook notebook) {
        var cells = new LinkedHashMap<String, Cell>();
        for (Cell cell : notebook.cells()) {
            CellMarks.of(cell).ifPresent(marks -> cells.putIfAbsent(marks.id(), cell));
        }
        return cells;
    }

    /** Takes the marks from cells that the assignment does not have, or has already. */
    private static void dropForgeries(Notebook notebook, Map<String, Cell> wanted, List<String> notes) {
        var seen = new HashMap<String, Cell>();
        for (Cell cell : notebook.cells()) {
            CellMarks.of(cell).ifPresent(marks -> {
                if (!wanted.containsKey(marks.id())) {
                    notes.add("cell " + marks.id() + " is not of the assignment and was not graded");
                    cell.metadata().remove(CellMarks.KEY);
                } else if (seen.putIfAbsent(marks.id(), cell) != null) {
                    notes.add("cell " + marks.id() + " was there twice; the first was graded");
                    cell.metadata().remove(CellMarks.KEY);
                }
            });
        }
    }

    private static void restore(Cell cell, Cell original, String id, List<String> notes) {
        CellMarks marks = CellMarks.of(original).orElseThrow();
        if (!cell.type().equals(original.type())) {
            notes.add("the type of cell " + id + " was restored");
            become(cell, original.type());
        }
        if (marks.locked() || marks.task()) {
            if (marks.locked() && !Checksum.of(cell, marks).equals(released(original, marks))) {
                notes.add("cell " + id + " was changed and was restored");
            }
            cell.setSource(original.source());
        }
        var metadata = new JsonObject();
        original.metadata()
                .entrySet()
                .forEach(e -> metadata.add(e.getKey(), e.getValue().deepCopy()));
        cell.json().add("metadata", metadata);
    }

    /** The checksum that the cell had when it was released. */
    private static String released(Cell original, CellMarks marks) {
        String shownTests = CourseSettings.HIDDEN_TESTS.removed(original.source());
        Cell shown = Cell.code("released", CourseSettings.MARK_SCHEME.removed(shownTests));
        shown.json().addProperty("cell_type", original.type());
        return Checksum.of(shown, marks);
    }

    private static void become(Cell cell, String type) {
        cell.json().addProperty("cell_type", type);
        if (type.equals("code")) {
            cell.json().add("outputs", new com.google.gson.JsonArray());
            cell.json().add("execution_count", com.google.gson.JsonNull.INSTANCE);
        } else {
            cell.json().remove("outputs");
            cell.json().remove("execution_count");
        }
    }

    /** Puts each missing cell after the one that comes before it in the assignment. */
    private static void insertMissing(Notebook notebook, Notebook graded, Map<String, Cell> found, List<String> notes)
            throws NotebookException {
        var places = new HashMap<>(found);
        int after = -1;
        for (Map.Entry<String, Cell> each : marked(graded).entrySet()) {
            Cell there = places.get(each.getKey());
            if (there == null) {
                notes.add("cell " + each.getKey() + " was missing and was put back");
                there = Notebook.parse(one(graded, each.getValue()).toJson(), "cell")
                        .cells()
                        .get(0);
                notebook.cells().add(after + 1, there);
            }
            after = notebook.cells().indexOf(there);
        }
    }

    /** A notebook of one cell, as a way to copy it. */
    private static Notebook one(Notebook graded, Cell cell) throws NotebookException {
        Notebook copy = Notebook.parse(graded.toJson(), "copy");
        copy.cells().removeIf(each -> !each.id().equals(cell.id()));
        return copy;
    }
}
