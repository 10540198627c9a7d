package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import touchstone.notebook.NotebookException;

/** The names in {@code students.csv} of a course's folder, which has a column of ids and, where they are known, names. */
final class StudentNames {
    static final String FILE = "students.csv";

    /**
     * A student's names.
     *
     * @param first may be empty
     * @param last may be empty
     */
    record Name(String first, String last) {
        static final Name NONE = new Name("", "");

        /** Both names and the id, or the id alone. */
        String with(String student) {
            String both = (first + " " + last).strip();
            return both.isEmpty() ? student : both + " (" + student + ")";
        }
    }

    private final Map<String, Name> names = new LinkedHashMap<>();

    private StudentNames() {}

    /** Reads the file; empty when there is none. */
    static StudentNames of(Path course) throws NotebookException {
        var names = new StudentNames();
        Path file = course.resolve(FILE);
        try {
            List<List<String>> rows = Files.exists(file) ? Csv.rows(Files.readString(file)) : List.of();
            if (!rows.isEmpty()) {
                List<String> header = rows.get(0).stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
                int id = Math.max(
                        header.indexOf("student"), Math.max(header.indexOf("student_id"), header.indexOf("id")));
                if (id < 0) {
                    throw NotebookException.usage(
                            file
                                    + " must begin with a line that names a column student, and may name first_name and last_name.");
                }
                for (List<String> row : rows.subList(1, rows.size())) {
                    names.names.put(
                            at(row, id),
                            new Name(at(row, header.indexOf("first_name")), at(row, header.indexOf("last_name"))));
                }
            }
            return names;
        } catch (IOException e) {
            throw NotebookException.environment("cannot read " + file + ": " + e.getMessage() + ".");
        }
    }

    private static String at(List<String> row, int column) {
        return column >= 0 && column < row.size() ? row.get(column).strip() : "";
    }

    /** A student's names; empty ones when they are not known. */
    Name of(String student) {
        return names.getOrDefault(student, Name.NONE);
    }

    /** All ids in the file, in its order. */
    Set<String> students() {
        return names.keySet();
    }
}
