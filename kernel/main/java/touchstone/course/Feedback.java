package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/**
 * What a student gets back: the graded notebook with points and comments, and without a word of hidden tests and mark schemes, neither
 * their source nor what they printed or threw.
 */
final class Feedback {
    /** Where a graded cell's metadata holds the outputs of its visible tests alone. */
    static final String VISIBLE = "touchstone_visible";

    private final Map<String, CellScore> scores;
    private final Map<String, String> comments;

    /**
     * For one student.
     *
     * @param comments of a person, by grade id; may be empty
     */
    Feedback(StudentGrade grade, Map<String, String> comments) {
        scores = grade.scores().stream().collect(Collectors.toMap(CellScore::id, Function.identity(), (a, b) -> a));
        this.comments = Map.copyOf(comments);
    }

    /** The notebook for the student; the graded one is not changed. */
    Notebook of(Notebook graded, String name) throws NotebookException {
        Notebook notebook = Notebook.parse(graded.toJson(), name);
        List<Cell> cells = notebook.cells();
        var shown = new ArrayList<Cell>();
        for (Cell cell : cells) {
            var marks = CellMarks.of(cell).filter(m -> m.grade() || m.task());
            if (marks.isPresent()) {
                CellMarks own = marks.get();
                int hidden = hide(cell, own);
                shown.add(cell);
                shown.add(Cell.markdown("points-" + own.id(), line(own, hidden, cell)));
            } else {
                shown.add(cell);
            }
        }
        cells.clear();
        cells.add(Cell.markdown("summary", summary(graded)));
        cells.addAll(shown);
        return notebook;
    }

    /** Takes hidden tests, mark schemes and their outputs out of a cell; how many hidden tests there were. */
    private static int hide(Cell cell, CellMarks marks) {
        String source = cell.source();
        cell.setSource(CourseSettings.MARK_SCHEME.removed(CourseSettings.HIDDEN_TESTS.removed(source)));
        if (!marks.test() || !CourseSettings.HIDDEN_TESTS.in(source)) {
            return 0;
        }
        JsonElement visible = cell.metadata().remove(VISIBLE);
        cell.json().add("outputs", visible != null && visible.isJsonArray() ? visible : new JsonArray());
        return Statements.count(CourseSettings.HIDDEN_TESTS.inside(source));
    }

    private String line(CellMarks marks, int hidden, Cell cell) {
        CellScore score = scores.getOrDefault(marks.id(), CellScore.earned(marks, 0, CellScore.NOT_RUN));
        var line = new StringBuilder("> **").append(points(score)).append("** — ");
        line.append(hidden > 0 ? withHidden(score, hidden, cell) : score.why());
        if (!score.message().isEmpty() && (hidden == 0 || score.shown())) {
            line.append("\n>\n> ").append(score.message().replace("\n", "\n> "));
        }
        String comment = comments.getOrDefault(marks.id(), "");
        if (!comment.isEmpty()) {
            line.append("\n>\n> ").append(comment.replace("\n", "\n> "));
        }
        return line.toString();
    }

    /** What may be told of a cell with hidden tests. */
    private static String withHidden(CellScore score, int hidden, Cell cell) {
        boolean visibleFailed = false;
        for (JsonElement output : cell.outputs()) {
            JsonObject json = output.getAsJsonObject();
            visibleFailed |= json.get("output_type").getAsString().equals("error");
        }
        String ran = hidden == 1 ? "1 hidden test ran" : hidden + " hidden tests ran";
        if (score.why().equals(CellScore.NOT_RUN)) {
            return score.why();
        }
        return visibleFailed ? "a visible test failed; see above" : "visible tests passed; " + ran;
    }

    private static String points(CellScore score) {
        return score.points().isPresent()
                ? Grader.number(score.points().getAsDouble()) + " of " + Grader.number(score.most()) + " points"
                : "not graded yet, " + Grader.number(score.most()) + " points at most";
    }

    private String summary(Notebook graded) {
        var text = new StringBuilder("# Feedback\n\n| exercise | points | of |\n|---|---:|---:|\n");
        double sum = 0;
        double most = 0;
        for (Cell cell : graded.cells()) {
            CellMarks marks =
                    CellMarks.of(cell).filter(m -> m.grade() || m.task()).orElse(null);
            if (marks != null) {
                CellScore score = scores.get(marks.id());
                double points = score == null ? 0 : score.points().orElse(0);
                boolean waits = score != null && score.points().isEmpty();
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s |%n",
                        marks.id(),
                        waits ? "not yet" : Grader.number(points),
                        Grader.number(marks.points())));
                sum += points;
                most += marks.points();
            }
        }
        return text.append("| **all** | **")
                .append(Grader.number(sum))
                .append("** | **")
                .append(Grader.number(most))
                .append("** |\n")
                .toString();
    }
}
