package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A student's scores in an assignment.
 *
 * @param student as the folder is called
 * @param state what became of the submission
 * @param handedIn when it was handed in; empty when nothing tells
 * @param late seconds after the due date; 0 when in time or when nothing tells
 * @param scores of all graded cells, in the order of the assignment; without what could not be read
 * @param most points that the assignment can earn
 * @param notes what the instructor should know, a sentence each
 */
public record StudentGrade(
        String student,
        State state,
        String handedIn,
        long late,
        List<CellScore> scores,
        double most,
        List<String> notes) {
    /** What can become of a submission. */
    public enum State {
        /** It was run. */
        GRADED,
        /** There is something, but a notebook of the assignment could not be run. */
        UNREADABLE,
        /** There is nothing. */
        MISSING
    }

    public StudentGrade {
        scores = List.copyOf(scores);
        notes = List.copyOf(notes);
    }

    /** Of a student who handed nothing in. */
    static StudentGrade missing(String student, double most) {
        return new StudentGrade(student, State.MISSING, "", 0, List.of(), most, List.of("nothing was handed in"));
    }

    /** The same with notes before its own. */
    StudentGrade withNotes(List<String> more) {
        var all = new ArrayList<>(more);
        all.addAll(notes);
        return new StudentGrade(student, state, handedIn, late, scores, most, all);
    }

    /** The same with other notes. */
    StudentGrade withOnly(List<String> others) {
        return new StudentGrade(student, state, handedIn, late, scores, most, others);
    }

    /** The same with other scores. */
    StudentGrade withScores(List<CellScore> others) {
        return new StudentGrade(student, state, handedIn, late, others, most, notes);
    }

    /** Points earned so far; what waits for a person counts nothing. */
    public double points() {
        return scores.stream().mapToDouble(s -> s.points().orElse(0)).sum();
    }

    /** How many cells wait for a person. */
    public int waiting() {
        return (int) scores.stream().filter(s -> s.points().isEmpty()).count();
    }

    JsonObject toJson() {
        var cells = new JsonArray();
        for (CellScore score : scores) {
            var json = new JsonObject();
            json.addProperty("grade_id", score.id());
            score.points().ifPresent(points -> json.addProperty("points", points));
            json.addProperty("max_points", score.most());
            json.addProperty("why", score.why());
            if (!score.message().isEmpty()) {
                json.addProperty("message", score.message());
                json.addProperty("shown", score.shown());
            }
            cells.add(json);
        }
        var said = new JsonArray();
        notes.forEach(said::add);
        var json = new JsonObject();
        json.addProperty("student", student);
        json.addProperty("state", state.name().toLowerCase(Locale.ROOT));
        json.addProperty("handed_in", handedIn);
        json.addProperty("late_seconds", late);
        json.addProperty("max_points", most);
        json.add("cells", cells);
        json.add("notes", said);
        return json;
    }

    static StudentGrade fromJson(JsonObject json) {
        var scores = new ArrayList<CellScore>();
        for (JsonElement each : json.getAsJsonArray("cells")) {
            JsonObject cell = each.getAsJsonObject();
            scores.add(new CellScore(
                    cell.get("grade_id").getAsString(),
                    cell.has("points") ? OptionalDouble.of(cell.get("points").getAsDouble()) : OptionalDouble.empty(),
                    cell.get("max_points").getAsDouble(),
                    cell.get("why").getAsString(),
                    cell.has("message") ? cell.get("message").getAsString() : "",
                    cell.has("shown") && cell.get("shown").getAsBoolean()));
        }
        var notes = new ArrayList<String>();
        json.getAsJsonArray("notes").forEach(note -> notes.add(note.getAsString()));
        return new StudentGrade(
                json.get("student").getAsString(),
                State.valueOf(json.get("state").getAsString().toUpperCase(Locale.ROOT)),
                json.get("handed_in").getAsString(),
                json.get("late_seconds").getAsLong(),
                scores,
                json.get("max_points").getAsDouble(),
                notes);
    }
}
