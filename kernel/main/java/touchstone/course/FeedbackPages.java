package touchstone.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import touchstone.notebook.HtmlExport;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Writes what students get back: a page a notebook in {@code feedback/STUDENT/ASSIGNMENT}, whole in itself. */
public final class FeedbackPages {
    private FeedbackPages() {}

    /** Writes the pages of all who were graded; the files written, in the order of the students' names. */
    public static List<Path> write(CourseFolder course, String assignment) throws NotebookException {
        ManualGrades manual = ManualGrades.of(course.root());
        var written = new ArrayList<Path>();
        for (String student : course.students(assignment)) {
            Path folder = course.autograded(student, assignment);
            if (Files.exists(folder.resolve(Grader.SCORES))) {
                StudentGrade graded = StudentGrade.fromJson(NotebookFiles.object(folder.resolve(Grader.SCORES)));
                var feedback = new Feedback(manual.apply(assignment, graded), manual.comments(assignment, student));
                for (Path file : CourseFolder.notebooks(folder)) {
                    Notebook page = feedback.of(Notebook.read(file), file.toString());
                    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ipynb$", ".html");
                    Path target = course.feedback(student, assignment).resolve(name);
                    NotebookFiles.requireWritable(target);
                    HtmlExport.write(page, file, target);
                    written.add(target);
                }
            }
        }
        return written;
    }
}
