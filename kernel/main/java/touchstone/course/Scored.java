package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/**
 * What grading wrote of a submission.
 *
 * @param grade the scores
 * @param ranUnder what held it while it ran, a sentence each
 */
record Scored(StudentGrade grade, List<String> ranUnder) {
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
            return new Scored(StudentGrade.fromJson(json), ranUnder);
        } catch (NotebookException e) {
            if (e.exitCode() != 2) {
                throw e;
            }
            throw broken(file);
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | IllegalArgumentException e) {
            throw broken(file);
        }
    }

    private static NotebookException broken(Path file) {
        return NotebookException.usage(file + " does not hold scores; run course grade again with --force.");
    }

    /** The same with other scores. */
    Scored with(StudentGrade other) {
        return new Scored(other, ranUnder);
    }

    /** How late it was handed in, in words; empty when it was not. */
    String late() {
        return grade.late() > 0 ? HandIn.words(Duration.ofSeconds(grade.late())) : "";
    }

    /** Whether something of it was graded. */
    boolean graded() {
        return !grade.scores().isEmpty();
    }

    /** Percent of all points; 0 where there are none to earn. */
    double percent() {
        return grade.most() > 0 ? 100 * grade.points() / grade.most() : 0;
    }
}
