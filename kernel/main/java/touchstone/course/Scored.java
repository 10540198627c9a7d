package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import touchstone.notebook.Json;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/**
 * What grading wrote of a submission.
 *
 * @param grade the scores
 * @param late how late it was handed in, in words; empty when it was not
 * @param ranUnder what held it while it ran, a sentence each
 */
record Scored(StudentGrade grade, String late, List<String> ranUnder) {
    Scored {
        ranUnder = List.copyOf(ranUnder);
    }

    /** Reads a file of scores; a broken one is named. */
    static Scored read(Path file) throws NotebookException {
        try {
            JsonObject json = NotebookFiles.object(file);
            var ranUnder = new ArrayList<String>();
            if (json.get("ran_under") instanceof JsonArray lines) {
                for (JsonElement line : lines) {
                    ranUnder.add(line.getAsString());
                }
            }
            String late = CellMarks.flag(json, "late") ? "handed in late" : Json.text(json, "late", "");
            return new Scored(StudentGrade.fromJson(json), late, ranUnder);
        } catch (NotebookException e) {
            if (e.exitCode() != 2) {
                throw e;
            }
            throw broken(file);
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException e) {
            throw broken(file);
        }
    }

    private static NotebookException broken(Path file) {
        return NotebookException.usage(file + " does not hold scores; run course grade again with --force.");
    }

    /** The same with other scores. */
    Scored with(StudentGrade other) {
        return new Scored(other, late, ranUnder);
    }

    /** Whether nothing of it could be graded. */
    boolean unreadable() {
        return grade.scores().isEmpty() && grade.notes().stream().anyMatch(note -> note.contains("could not be "));
    }

    /** Whether it has no notebook of the assignment. */
    boolean missing() {
        return grade.scores().isEmpty() && !unreadable();
    }

    /** Percent of all points; 0 where there are none to earn. */
    double percent() {
        return grade.most() > 0 ? 100 * grade.points() / grade.most() : 0;
    }
}
