package touchstone.course;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/** Finds what is wrong in the marks of an instructor's notebook, cell by cell, before anything is made of it. */
final class SourceCheck {
    private static final String ID = "[a-zA-Z0-9_-]+";

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Notebook notebook;

    private SourceCheck(Notebook notebook) {
        this.notebook = notebook;
    }

    /** One sentence a fault, each with the cell's number from 1 and its grade id; none when all is well. */
    static List<String> faults(Notebook notebook, String name) {
        var check = new SourceCheck(notebook);
        try {
            notebook.requireJava(name);
        } catch (NotebookException e) {
            check.faults.add(e.sentence());
        }
        List<Cell> cells = notebook.cells();
        for (int i = 0; i < cells.size(); i++) {
            check.cell(cells.get(i), i + 1);
        }
        check.solutionsHaveTests();
        return check.faults.stream().map(fault -> name + ": " + fault).toList();
    }

    private void cell(Cell cell, int number) {
        var marks = CellMarks.of(cell);
        String where = "cell " + number
                + marks.map(CellMarks::id)
                        .filter(id -> !id.isEmpty())
                        .map(id -> " (" + id + ")")
                        .orElse("");
        regions(cell, where);
        faults.addAll(Numbers.faults(cell, where));
        marks.ifPresent(each -> marked(cell, each, number, where));
        if (CourseSettings.SOLUTION.in(cell.source())
                && marks.filter(CellMarks::solution).isEmpty()) {
            faults.add(where + " has a solution region but is not marked as a solution.");
        }
        if (CourseSettings.HIDDEN_TESTS.in(cell.source())
                && marks.filter(CellMarks::grade).isEmpty()) {
            faults.add(where + " has hidden tests but is not marked as a graded cell.");
        }
        if (CourseSettings.MARK_SCHEME.in(cell.source())
                && marks.filter(CellMarks::task).isEmpty()) {
            faults.add(where + " has a mark scheme but is not marked as a task.");
        }
    }

    private void regions(Cell cell, String where) {
        for (Regions each : List.of(CourseSettings.SOLUTION, CourseSettings.HIDDEN_TESTS, CourseSettings.MARK_SCHEME)) {
            String fault = each.fault(cell.source());
            if (!fault.isEmpty()) {
                faults.add(where + " " + fault + ".");
            }
        }
    }

    private void marked(Cell cell, CellMarks marks, int number, String where) {
        int schema = CellMarks.schema(cell);
        if (schema != CellMarks.SCHEMA) {
            faults.add(where + " has marks of schema " + schema + ", not " + CellMarks.SCHEMA
                    + "; update it with nbgrader update.");
        }
        if (!marks.id().matches(ID)) {
            faults.add(where + " must have a grade id of letters, digits, _ and -, had \"" + marks.id() + "\".");
        } else if (seen.putIfAbsent(marks.id(), number) != null) {
            faults.add(where + " has the grade id of cell " + seen.get(marks.id()) + "; each must be its own.");
        }
        if ((marks.grade() || marks.task()) && !(marks.points() >= 0)) {
            faults.add(where + " is graded but has no points, or points below 0.");
        }
        if (marks.test() && !cell.isCode()) {
            faults.add(where + " is a test but not a code cell.");
        }
    }

    /** A solution in code that no later test could grade earns nothing whatever is written. */
    private void solutionsHaveTests() {
        List<Cell> cells = notebook.cells();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            boolean alone = cell.isCode()
                    && CellMarks.of(cell)
                            .filter(m -> m.solution() && !m.grade())
                            .isPresent();
            if (alone
                    && cells.subList(i + 1, cells.size()).stream()
                            .noneMatch(later ->
                                    CellMarks.of(later).filter(CellMarks::grade).isPresent())) {
                faults.add("cell " + (i + 1) + " ("
                        + CellMarks.of(cell).map(CellMarks::id).orElse("")
                        + ") is a solution without a graded cell after it.");
            }
        }
    }
}
