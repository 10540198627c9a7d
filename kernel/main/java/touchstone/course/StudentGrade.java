package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A student's scores in an assignment.
 *
 * @param student as the folder is called
 * @param scores of all graded cells, in the order of the assignment; without what could not be read
 * @param most points that the assignment can earn
 * @param notes what the instructor should know, a sentence each
 */
public record StudentGrade(String student, List<CellScore> scores, double most, List<String> notes) {
    public StudentGrade {
        scores = List.copyOf(scores);
        notes = List.copyOf(notes);
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
                scores,
                json.get("max_points").getAsDouble(),
                notes);
    }
}
