package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import touchstone.notebook.NotebookException;

/** Who takes the course: {@code students.csv} in its folder, with the columns of nbgrader's import; all but the id may be absent. */
public final class Roster {
    static final String FILE = "students.csv";

    /**
     * A student.
     *
     * @param id name of the student's folder
     */
    public record Student(String id, String firstName, String lastName, String email) {
        /** Both names and the id, or the id alone. */
        String named() {
            String both = (firstName + " " + lastName).strip();
            return both.isEmpty() ? id : both + " (" + id + ")";
        }
    }

    private final Map<String, Student> students = new LinkedHashMap<>();
    private final boolean there;

    private Roster(boolean there) {
        this.there = there;
    }

    /** Reads the file; a roster of nobody when there is none. */
    public static Roster of(Path course) throws NotebookException {
        Path file = course.resolve(FILE);
        if (!Files.exists(file)) {
            return new Roster(false);
        }
        try {
            List<List<String>> rows = Csv.rows(Files.readString(file));
            var roster = new Roster(true);
            if (rows.isEmpty() || !rows.get(0).contains("id")) {
                throw NotebookException.usage(
                        file + " must begin with a line that names its columns: id,first_name,last_name,email.");
            }
            for (int i = 1; i < rows.size(); i++) {
                roster.add(rows.get(0), rows.get(i), i + 1, file);
            }
            return roster;
        } catch (IOException e) {
            throw NotebookException.environment("cannot read " + file + ": " + e.getMessage() + ".");
        }
    }

    private void add(List<String> columns, List<String> row, int line, Path file) throws NotebookException {
        String id = field(columns, row, "id").strip();
        if (!id.matches(CourseFolder.NAME) || id.startsWith(".")) {
            throw NotebookException.usage("row " + line + " of " + file
                    + " must have an id that can be a folder's name, had \"" + id + "\".");
        }
        var student = new Student(
                id, field(columns, row, "first_name"), field(columns, row, "last_name"), field(columns, row, "email"));
        if (students.putIfAbsent(id, student) != null) {
            throw NotebookException.usage("row " + line + " of " + file + " has the id " + id + " a second time.");
        }
    }

    private static String field(List<String> columns, List<String> row, String name) {
        int at = columns.indexOf(name);
        return at >= 0 && at < row.size() ? row.get(at) : "";
    }

    /** Whether the course has a roster at all. */
    boolean there() {
        return there;
    }

    /** The ids, in the order of the file. */
    public List<String> ids() {
        return new ArrayList<>(students.keySet());
    }

    /** A student of the roster. */
    public Optional<Student> student(String id) {
        return Optional.ofNullable(students.get(id));
    }

    /** A student of the roster, or one without names. */
    Student anyone(String id) {
        return student(id).orElse(new Student(id, "", "", ""));
    }

    /** Those who are not on it, of some. */
    List<String> strangers(List<String> found) {
        Set<String> known = students.keySet();
        return there ? found.stream().filter(id -> !known.contains(id)).toList() : List.of();
    }
}
