package touchstone.course;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.OptionalDouble;
import touchstone.notebook.Cell;

/**
 * What a graded cell earned by itself.
 *
 * @param id grade id
 * @param points earned, 0 up to the most; empty where a person must grade
 * @param most points that the cell can earn
 * @param why a sentence for the instructor
 */
public record CellScore(String id, OptionalDouble points, double most, String why) {
    /** The rule of nbgrader: an error or a line on stderr earns nothing, a number is the score, all else earns all. */
    static CellScore of(Cell cell, CellMarks marks) {
        if (marks.manual()) {
            boolean untouched = marks.grade() && Checksum.of(cell, marks).equals(marks.checksum());
            return untouched
                    ? new CellScore(marks.id(), OptionalDouble.of(0), marks.points(), "not answered")
                    : new CellScore(marks.id(), OptionalDouble.empty(), marks.points(), "to be graded by hand");
        }
        if (cell.executionCount() < 0 && cell.outputs().isEmpty()) {
            return new CellScore(marks.id(), OptionalDouble.of(0), marks.points(), "was not run");
        }
        for (JsonElement output : cell.outputs()) {
            JsonObject json = output.getAsJsonObject();
            String type = json.get("output_type").getAsString();
            if (type.equals("error")) {
                return new CellScore(marks.id(), OptionalDouble.of(0), marks.points(), "raised an error");
            }
            if (type.equals("stream") && json.get("name").getAsString().equals("stderr")) {
                return new CellScore(marks.id(), OptionalDouble.of(0), marks.points(), "wrote to stderr");
            }
        }
        for (JsonElement output : cell.outputs()) {
            OptionalDouble said = number(output.getAsJsonObject());
            if (said.isPresent()) {
                double points = Math.max(0, Math.min(marks.points(), said.getAsDouble()));
                return new CellScore(marks.id(), OptionalDouble.of(points), marks.points(), "gave its score");
            }
        }
        return new CellScore(marks.id(), OptionalDouble.of(marks.points()), marks.points(), "passed");
    }

    /** The number that a cell's last expression gave; NaN counts as 0. */
    private static OptionalDouble number(JsonObject output) {
        if (!output.get("output_type").getAsString().equals("execute_result")) {
            return OptionalDouble.empty();
        }
        JsonElement text = output.getAsJsonObject("data").get("text/plain");
        String said = "";
        if (text != null && text.isJsonArray()) {
            for (JsonElement line : text.getAsJsonArray()) {
                said += line.getAsString();
            }
        } else if (text != null) {
            said = text.getAsString();
        }
        try {
            double value = Double.parseDouble(said.strip());
            return OptionalDouble.of(Double.isNaN(value) ? 0 : value);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
