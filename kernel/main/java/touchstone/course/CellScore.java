package touchstone.course;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.OptionalDouble;
import touchstone.kernel.Grade;
import touchstone.notebook.Cell;
import touchstone.notebook.Json;

/**
 * What a graded cell earned by itself.
 *
 * @param id grade id
 * @param points earned, 0 up to the most; empty where a person must grade
 * @param most points that the cell can earn
 * @param why a sentence for the instructor
 * @param message what the test itself says of its score; empty when it says nothing
 * @param shown whether the student may read the message even where the cell has hidden tests
 */
public record CellScore(String id, OptionalDouble points, double most, String why, String message, boolean shown) {
    static final String GAVE = "gave its score";
    static final String NOT_RUN = "was not run";
    static final String BY_HAND = "graded by hand";

    /** The rule of nbgrader: an error or a line on stderr earns nothing, a number is the score, all else earns all. */
    static CellScore of(Cell cell, CellMarks marks) {
        if (marks.manual()) {
            boolean untouched = marks.grade() && Checksum.of(cell, marks).equals(marks.checksum());
            return untouched ? earned(marks, 0, "not answered") : waiting(marks);
        }
        if (cell.executionCount() < 0 && cell.outputs().isEmpty()) {
            return earned(marks, 0, NOT_RUN);
        }
        for (JsonElement output : cell.outputs()) {
            JsonObject json = output.getAsJsonObject();
            String type = json.get("output_type").getAsString();
            if (type.equals("error")) {
                return earned(marks, 0, "raised an error");
            }
            if (type.equals("stream") && json.get("name").getAsString().equals("stderr")) {
                return earned(marks, 0, "wrote to stderr");
            }
        }
        for (JsonElement output : cell.outputs()) {
            JsonObject json = output.getAsJsonObject();
            OptionalDouble said = number(json);
            if (said.isPresent()) {
                return said(marks, said.getAsDouble(), Json.object(Json.object(json, "data"), Grade.MIME));
            }
        }
        return earned(marks, marks.points(), "passed");
    }

    /** Points by a rule, or by a person. */
    static CellScore earned(CellMarks marks, double points, String why) {
        return new CellScore(marks.id(), OptionalDouble.of(points), marks.points(), why, "", false);
    }

    private static CellScore waiting(CellMarks marks) {
        return new CellScore(marks.id(), OptionalDouble.empty(), marks.points(), "to be graded by hand", "", false);
    }

    /** The score that a test gave, with what it said of it. */
    private static CellScore said(CellMarks marks, double said, JsonObject grade) {
        double points = Math.max(0, Math.min(marks.points(), said));
        double max = CellMarks.number(grade, "max", marks.points());
        String why = max == marks.points()
                ? GAVE
                : GAVE + " of " + Grader.number(max) + " points where the cell has " + Grader.number(marks.points());
        boolean shown = CellMarks.flag(grade, "shown");
        return new CellScore(
                marks.id(), OptionalDouble.of(points), marks.points(), why, Json.text(grade, "because", ""), shown);
    }

    /** Whether all points were earned. */
    boolean full() {
        return points.isPresent() && points.getAsDouble() >= most;
    }

    /** The same with points that a person gave. */
    CellScore byHand(OptionalDouble given) {
        return new CellScore(id, given, most, BY_HAND, message, shown);
    }

    /** The number that a cell's last expression gave; NaN counts as 0. */
    private static OptionalDouble number(JsonObject output) {
        if (!output.get("output_type").getAsString().equals("execute_result")) {
            return OptionalDouble.empty();
        }
        String said = Json.joined(output.getAsJsonObject("data").get("text/plain"));
        try {
            double value = Double.parseDouble(said.strip());
            return OptionalDouble.of(Double.isNaN(value) ? 0 : value);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
