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
    private static final List<String> HEADER = List.of(
            "assignment",
            "duedate",
            "timestamp",
            "student_id",
            "last_name",
            "first_name",
            "email",
            "raw_score",
            "late_submission_penalty",
            "score",
            "max_score");

    private GradesFile() {}

    /** Puts an assignment's grades into the file; rows of other assignments stay. */
    static void update(CourseFolder course, String assignment, List<StudentGrade> grades) throws NotebookException {
        Path file = course.grades();
        Roster roster = Roster.of(course.root());
        String due = course.settings().due(assignment).map(HandIn::text).orElse("");
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        for (List<String> row : rows(file)) {
            if (!row.get(0).equals(HEADER.get(0)) && !row.get(0).equals(assignment)) {
                rows.add(row);
            }
        }
        for (StudentGrade grade : grades) {
            Roster.Student student = roster.anyone(grade.student());
            String points = Checksum.python(grade.points());
            rows.add(List.of(
                    assignment,
                    due,
                    grade.handedIn(),
                    student.id(),
                    student.lastName(),
                    student.firstName(),
                    student.email(),
                    points,
                    "0.0",
                    points,
                    Checksum.python(grade.most())));
        }
        AtomicFile.write(file, Csv.text(rows));
    }

    private static List<List<String>> rows(Path file) throws NotebookException {
        try {
            return Files.exists(file) ? Csv.rows(Files.readString(file)) : List.of();
        } catch (IOException e) {
            throw NotebookException.environment("cannot read " + file + ": " + e.getMessage() + ".");
        }
    }
}
