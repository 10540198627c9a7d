package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import touchstone.notebook.NotebookException;

/**
 * What a person graded: {@code manual.csv} in the course's folder, with the columns assignment, student, grade_id, points, comment. Points
 * may be left empty where only a comment is given; they replace what the machine found.
 */
final class ManualGrades {
    static final String FILE = "manual.csv";
    private static final String HEADER = "assignment,student,grade_id,points,comment";

    private record Key(String assignment, String student, String id) {}

    private record Mark(OptionalDouble points, String comment) {}

    private final Map<Key, Mark> marks = new HashMap<>();

    private ManualGrades() {}

    /** Reads the file; empty when there is none. */
    static ManualGrades of(Path course) throws NotebookException {
        var grades = new ManualGrades();
        Path file = course.resolve(FILE);
        if (!Files.exists(file)) {
            return grades;
        }
        try {
            List<List<String>> rows = Csv.rows(Files.readString(file));
            if (rows.isEmpty() || !String.join(",", rows.get(0)).equals(HEADER)) {
                throw NotebookException.usage(file + " must begin with the line " + HEADER + ".");
            }
            for (int i = 1; i < rows.size(); i++) {
                grades.add(rows.get(i), i + 1, file);
            }
            return grades;
        } catch (IOException e) {
            throw NotebookException.environment("cannot read " + file + ": " + e.getMessage() + ".");
        }
    }

    private void add(List<String> row, int line, Path file) throws NotebookException {
        if (row.size() != 5) {
            throw NotebookException.usage(
                    "row " + line + " of " + file + " must have 5 columns, had " + row.size() + ".");
        }
        try {
            OptionalDouble points =
                    row.get(3).isBlank() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(row.get(3)));
            marks.put(new Key(row.get(0), row.get(1), row.get(2)), new Mark(points, row.get(4)));
        } catch (NumberFormatException e) {
            throw NotebookException.usage(
                    "points in row " + line + " of " + file + " must be a number, was " + row.get(3) + ".");
        }
    }

    /** A grade with a person's points; throws where they are more than a cell can earn. */
    StudentGrade apply(String assignment, StudentGrade grade) throws NotebookException {
        var scores = new ArrayList<CellScore>();
        for (CellScore score : grade.scores()) {
            Mark mark = marks.get(new Key(assignment, grade.student(), score.id()));
            if (mark == null || mark.points.isEmpty()) {
                scores.add(score);
            } else if (mark.points.getAsDouble() < 0 || mark.points.getAsDouble() > score.most()) {
                throw NotebookException.usage("the points of " + grade.student() + " for " + score.id() + " in " + FILE
                        + " must be from 0 to " + Grader.number(score.most()) + ", were "
                        + Grader.number(mark.points.getAsDouble()) + ".");
            } else {
                scores.add(score.byHand(mark.points));
            }
        }
        return grade.withScores(scores);
    }

    /** A person's comments for a student, by grade id. */
    Map<String, String> comments(String assignment, String student) {
        var comments = new HashMap<String, String>();
        marks.forEach((key, mark) -> {
            if (key.assignment.equals(assignment) && key.student.equals(student) && !mark.comment.isBlank()) {
                comments.put(key.id, mark.comment);
            }
        });
        return comments;
    }
}
