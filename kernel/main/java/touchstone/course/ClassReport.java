package touchstone.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/**
 * How a class did in an assignment.
 *
 * @param course its name
 * @param assignment its name
 * @param students all who handed something in or are on the roster, in the order of their ids
 * @param roster names of the students
 * @param titles of the exercises by grade id, in the order of the assignment
 */
record ClassReport(String course, String assignment, List<Scored> students, Roster roster, Map<String, String> titles) {
    ClassReport {
        students = List.copyOf(students);
    }

    /** Reads what grading wrote, with the points of {@code manual.csv}. */
    static ClassReport read(CourseFolder course, String assignment) throws NotebookException {
        var titles = new LinkedHashMap<String, String>();
        for (Path file : course.sources(assignment)) {
            Exercise.of(Notebook.read(file))
                    .forEach(each -> titles.put(each.marks().id(), each.title()));
        }
        ManualGrades manual = ManualGrades.of(course.root());
        Roster roster = Roster.of(course.root());
        var found = new TreeMap<String, Scored>();
        for (String student : course.graded(assignment)) {
            Path file = course.autograded(student, assignment).resolve(Grader.SCORES);
            if (Files.exists(file)) {
                Scored scored = Scored.read(file);
                found.put(student, scored.with(manual.apply(assignment, scored.grade())));
            }
        }
        if (found.isEmpty()) {
            throw NotebookException.usage("nothing of " + assignment + " is graded yet; run course grade first.");
        }
        double most = found.firstEntry().getValue().grade().most();
        roster.ids().forEach(id -> found.putIfAbsent(id, new Scored(StudentGrade.missing(id, most), List.of())));
        var students = new ArrayList<Scored>(found.values());
        students.forEach(each -> each.grade().scores().forEach(score -> titles.putIfAbsent(score.id(), score.id())));
        return new ClassReport(course.settings().course(), assignment, students, roster, titles);
    }

    /** Those of whom something was graded. */
    List<Scored> graded() {
        return students.stream().filter(Scored::graded).toList();
    }

    /** Percent of all points of those of whom something was graded, from the lowest; what waits for a person counts nothing. */
    double[] percents() {
        return graded().stream().mapToDouble(Scored::percent).sorted().toArray();
    }

    /** How many submissions came to this. */
    long count(StudentGrade.State state) {
        return students.stream().filter(each -> each.grade().state() == state).count();
    }

    /** All exercises, in the order of the assignment. */
    List<ExerciseSummary> exercises() {
        List<StudentGrade> grades = graded().stream().map(Scored::grade).toList();
        return titles.entrySet().stream()
                .map(each -> ExerciseSummary.of(each.getKey(), each.getValue(), grades))
                .toList();
    }

    /**
     * A quantile by linear interpolation between order statistics, R's type 7.
     *
     * @param sorted from the lowest, at least one
     * @param share from 0 to 1
     */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The mean of at least one number. */
    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
