package touchstone.course;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import touchstone.notebook.Cell;

/**
 * What nbgrader's metadata says of a cell, schema 3.
 *
 * @param id grade id, unique in a notebook; empty when there is none
 * @param grade whether the cell earns points
 * @param solution whether the student writes in it
 * @param lockedFlag what the metadata says of locking; {@link #locked} is what holds
 * @param task whether it is a task that is graded by hand, answered in cells of the student's own
 * @param points most points of a graded cell or a task; -1 when there are none
 * @param checksum of the released cell; empty when there is none
 */
record CellMarks(
        String id, boolean grade, boolean solution, boolean lockedFlag, boolean task, double points, String checksum) {
    static final String KEY = "nbgrader";
    static final int SCHEMA = 3;

    /** The marks of a cell that has any. */
    static Optional<CellMarks> of(Cell cell) {
        JsonElement found = cell.metadata().get(KEY);
        if (found == null || !found.isJsonObject()) {
            return Optional.empty();
        }
        JsonObject json = found.getAsJsonObject();
        return Optional.of(new CellMarks(
                text(json, "grade_id"),
                flag(json, "grade"),
                flag(json, "solution"),
                flag(json, "locked"),
                flag(json, "task"),
                number(json, "points", -1),
                text(json, "checksum")));
    }

    /** The schema's version that a cell names; 0 for none. */
    static int schema(Cell cell) {
        JsonElement found = cell.metadata().get(KEY);
        return found == null || !found.isJsonObject() ? 0 : (int) number(found.getAsJsonObject(), "schema_version", 0);
    }

    /** Whether the student must not change it: tests always, solutions never. */
    boolean locked() {
        return !solution && (grade || lockedFlag);
    }

    /** Graded by running it. */
    boolean test() {
        return grade && !solution;
    }

    /** An answer, or a task, that a person grades. */
    boolean manual() {
        return (grade && solution) || task;
    }

    private static String text(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    static boolean flag(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isBoolean()
                && value.getAsBoolean();
    }

    static double number(JsonObject json, String key, double otherwise) {
        JsonElement value = json.get(key);
        return value != null
                        && value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isNumber()
                ? value.getAsDouble()
                : otherwise;
    }
}
