package touchstone.course;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Writes how a class did in an assignment: {@code report/ASSIGNMENT}, two tables, a histogram and a page. */
public final class ReportFiles {
    private ReportFiles() {}

    /** Writes all of them, or none when something that was graded cannot be read; the files written. */
    public static List<Path> write(CourseFolder course, String assignment) throws NotebookException {
        ClassReport report = ClassReport.read(course, assignment);
        var files = new LinkedHashMap<String, String>();
        files.put("grades.csv", ReportTables.grades(report));
        files.put("scores.csv", ReportTables.scores(report));
        files.put("histogram.svg", ScoreHistogram.svg(report.percents(), "Scores of " + assignment));
        files.put("index.html", ReportPage.html(report));
        var written = new ArrayList<Path>();
        for (Map.Entry<String, String> each : files.entrySet()) {
            Path file = course.report(assignment).resolve(each.getKey());
            NotebookFiles.requireWritable(file);
            AtomicFile.write(file, each.getValue());
            written.add(file);
        }
        return written;
    }
}
