package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import touchstone.kernel.Grade;
import touchstone.notebook.Cell;
import touchstone.notebook.HtmlExport;
import touchstone.notebook.Json;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/**
 * What a student gets back: the graded notebook with points and comments, and without a word of hidden tests and mark schemes, neither
 * their source nor what they printed or threw, nor what the student's own code printed of them.
 */
final class Feedback {
    /** Where a graded cell's metadata holds the outputs of its visible tests alone. */
    static final String VISIBLE = "touchstone_visible";

    private static final String GAVE = "the tests gave these points";

    private final FeedbackHeading heading;
    private final Scored scored;
    private final Map<String, CellScore> scores;
    private final Map<String, String> comments;
    private final Withheld withheld;

    /**
     * For one student.
     *
     * @param comments of a person, by grade id; may be empty
     */
    Feedback(FeedbackHeading heading, Scored scored, Map<String, String> comments, Withheld withheld) {
        this.heading = heading;
        this.scored = scored;
        this.withheld = withheld;
        scores = scored.grade().scores().stream()
                .collect(Collectors.toMap(CellScore::id, Function.identity(), (a, b) -> a));
        this.comments = Map.copyOf(comments);
    }

    /**
     * The page for the student; the graded notebook is not changed.
     *
     * @param exercises of the notebook
     * @param file where the graded notebook is
     */
    String page(Notebook graded, List<Exercise> exercises, Path file) throws NotebookException {
        Notebook notebook = Notebook.parse(graded.toJson(), file.toString());
        Withheld secrets = withheld.with(secretMessages(notebook));
        var stories = new HashMap<String, String>();
        for (Cell cell : notebook.cells()) {
            CellMarks.of(cell).ifPresent(marks -> stories.put(marks.id(), told(cell, marks)));
            if (cell.isCode()) {
                cell.json().add("outputs", secrets.from(cell.outputs()));
            }
        }
        var boxes = new ArrayList<FeedbackBox>();
        for (Exercise exercise : exercises) {
            boxes.add(box(exercise, stories, secrets));
        }
        List<String> notes = scored.grade().notes().stream().map(secrets::from).toList();
        return HtmlExport.untrusted(notebook, file, new FeedbackFrame(heading, scored, boxes, notes));
    }

    private FeedbackBox box(Exercise exercise, Map<String, String> stories, Withheld secrets) {
        CellMarks marks = exercise.marks();
        CellScore score = scores.getOrDefault(marks.id(), CellScore.earned(marks, 0, CellScore.NOT_RUN));
        String machine = stories.getOrDefault(marks.id(), CellScore.NOT_RUN);
        String story = machine.isEmpty() || score.why().equals(machine)
                ? score.why()
                : score.why().equals(CellScore.BY_HAND) ? machine + "; " + CellScore.BY_HAND : machine;
        String message = exercise.hidden() == 0 || score.shown() ? secrets.from(score.message()) : "";
        return new FeedbackBox(exercise, score, secrets.from(story), message, comments.getOrDefault(marks.id(), ""));
    }

    /** What tests with a hidden part said, unless it is public or the visible part says it too. */
    private List<String> secretMessages(Notebook graded) {
        var messages = new ArrayList<String>();
        for (Cell cell : graded.cells()) {
            CellMarks marks = CellMarks.of(cell).orElse(null);
            CellScore score = marks == null ? null : scores.get(marks.id());
            if (score != null && CourseSettings.HIDDEN_TESTS.in(cell.source()) && !score.shown()) {
                JsonElement visible = cell.metadata().get(VISIBLE);
                boolean said = visible instanceof JsonArray outputs && says(outputs, score.message());
                messages.addAll(said ? List.of() : List.of(score.message()));
            }
        }
        return messages;
    }

    private static boolean says(JsonArray outputs, String message) {
        for (JsonElement output : outputs) {
            JsonObject grade = Json.object(Json.object(output.getAsJsonObject(), "data"), Grade.MIME);
            if (Json.text(grade, "because", "").equals(message)) {
                return true;
            }
        }
        return false;
    }

    /** Takes hidden tests, mark schemes and their outputs out of a cell; what may be told of how it went. */
    private static String told(Cell cell, CellMarks marks) {
        String source = cell.source();
        CellScore machine = CellScore.of(cell, marks);
        cell.setSource(CourseSettings.MARK_SCHEME.removed(CourseSettings.HIDDEN_TESTS.removed(source)));
        if (marks.manual()) {
            return "";
        }
        if (!marks.test() || !CourseSettings.HIDDEN_TESTS.in(source)) {
            takeGrade(cell.outputs());
            return machine.why().equals(CellScore.GAVE) ? GAVE : machine.why();
        }
        JsonElement visible = cell.metadata().remove(VISIBLE);
        JsonArray outputs = visible instanceof JsonArray array ? array : new JsonArray();
        Optional<String> visibleGrade = takeGrade(outputs);
        cell.json().add("outputs", outputs);
        if (machine.why().equals(CellScore.NOT_RUN)) {
            return machine.why();
        }
        if (visible == null && !machine.full()) {
            return "the tests did not come to their end";
        }
        int hidden = Statements.count(CourseSettings.HIDDEN_TESTS.inside(source));
        String ran = hidden == 1 ? "1 hidden test ran" : hidden + " hidden tests ran";
        if (visibleGrade.isEmpty()) {
            return failed(outputs, ran);
        }
        String said = visibleGrade.get();
        return GAVE + "; " + ran + (said.isEmpty() || machine.shown() ? "" : "; the visible tests say: " + said);
    }

    /**
     * Takes out the points that a test showed: they stand below the cell, and those of visible tests alone are not the cell's. What it said of
     * them.
     */
    private static Optional<String> takeGrade(JsonArray outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            JsonObject data = Json.object(outputs.get(i).getAsJsonObject(), "data");
            if (data.has(Grade.MIME)) {
                outputs.remove(i);
                return Optional.of(Json.text(Json.object(data, Grade.MIME), "because", ""));
            }
        }
        return Optional.empty();
    }

    private static String failed(JsonArray visible, String ran) {
        for (JsonElement output : visible) {
            JsonObject json = output.getAsJsonObject();
            String type = Json.text(json, "output_type", "");
            if (type.equals("error")) {
                return "a visible test failed; see above";
            }
            if (type.equals("stream") && Json.text(json, "name", "").equals("stderr")) {
                return "a visible test wrote to stderr; see above";
            }
        }
        return "visible tests passed; " + ran;
    }
}
