package touchstone.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Writes what students get back: a page a notebook in {@code feedback/STUDENT/ASSIGNMENT}, whole in itself. */
public final class FeedbackPages {
    private final CourseFolder course;
    private final String assignment;
    private final Map<Path, Notebook> sources = new LinkedHashMap<>();
    private final Withheld withheld;
    private final ManualGrades manual;
    private final Roster roster;
    private final String courseName;

    private FeedbackPages(CourseFolder course, String assignment) throws NotebookException {
        this.course = course;
        this.assignment = assignment;
        for (Path file : course.sources(assignment)) {
            sources.put(file, Notebook.read(file));
        }
        withheld = Withheld.of(List.copyOf(sources.values()));
        manual = ManualGrades.of(course.root());
        roster = Roster.of(course.root());
        courseName = course.settings().course();
    }

    /** Writes the pages of all who were graded; the files written, in the order of the students' names. */
    public static List<Path> write(CourseFolder course, String assignment) throws NotebookException {
        var pages = new FeedbackPages(course, assignment);
        var written = new ArrayList<Path>();
        for (String student : course.students(assignment)) {
            Path scores = course.autograded(student, assignment).resolve(Grader.SCORES);
            if (Files.exists(scores)) {
                written.addAll(pages.of(student, Scored.read(scores)));
            }
        }
        return written;
    }

    private List<Path> of(String student, Scored scored) throws NotebookException {
        Scored marked = scored.with(withoutPaths(manual.apply(assignment, scored.grade())));
        var written = new ArrayList<Path>();
        for (Map.Entry<Path, Notebook> source : sources.entrySet()) {
            String name = String.valueOf(source.getKey().getFileName());
            List<Exercise> exercises = Exercise.of(source.getValue());
            Path graded = course.autograded(student, assignment).resolve(name);
            boolean ran = exercises.stream().anyMatch(each -> marked.grade().scores().stream()
                    .anyMatch(score -> score.id().equals(each.marks().id())));
            Notebook notebook = ran && Files.exists(graded) ? Notebook.read(graded) : Notebook.empty();
            var heading = new FeedbackHeading(
                    courseName, assignment, name, roster.anyone(student).named());
            Map<String, String> comments = manual.comments(assignment, student);
            String page = new Feedback(heading, marked, comments, withheld).page(notebook, exercises, graded);
            Path target = course.feedback(student, assignment).resolve(name.replaceFirst("\\.ipynb$", ".html"));
            NotebookFiles.requireWritable(target);
            AtomicFile.write(target, page);
            written.add(target);
        }
        return written;
    }

    /** Notes without the folders of the instructor's machine. */
    private StudentGrade withoutPaths(StudentGrade grade) {
        String folder = course.submitted(grade.student(), assignment) + java.io.File.separator;
        List<String> notes = grade.notes().stream()
                .map(note -> note.replace(folder, "").replace(course.root() + java.io.File.separator, ""))
                .toList();
        return grade.withOnly(notes);
    }
}
