package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.NotebookException;

/** The course's table of scores, with the columns of nbgrader's export. */
final class GradesFile {
    private static final String HEADER = "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,"
            + "late_submission_penalty,score,max_score";

    private GradesFile() {}

    /** Puts an assignment's grades into the file; rows of other assignments stay. */
    static void update(CourseFolder course, String assignment, List<StudentGrade> grades) throws NotebookException {
        Path file = course.grades();
        Roster roster = Roster.of(course.root());
        String due = course.settings().due(assignment).map(HandIn::text).orElse("");
        var rows = new ArrayList<String>();
        rows.add(HEADER);
        for (String row : rows(file)) {
            if (!row.isBlank() && !row.startsWith("assignment,") && !row.startsWith(quoted(assignment) + ",")) {
                rows.add(row);
            }
        }
        for (StudentGrade grade : grades) {
            Roster.Student student =
                    roster.student(grade.student()).orElse(new Roster.Student(grade.student(), "", "", ""));
            rows.add(String.join(
                    ",",
                    quoted(assignment),
                    due,
                    grade.handedIn(),
                    quoted(student.id()),
                    quoted(student.lastName()),
                    quoted(student.firstName()),
                    quoted(student.email()),
                    Checksum.python(grade.points()),
                    "0.0",
                    Checksum.python(grade.points()),
                    Checksum.python(grade.most())));
        }
        AtomicFile.write(file, String.join("\n", rows) + "\n");
    }

    private static List<String> rows(Path file) throws NotebookException {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw NotebookException.environment("cannot read " + file + ": " + e.getMessage() + ".");
        }
    }

    static String quoted(String text) {
        return text.matches("[^\",\n\r]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
