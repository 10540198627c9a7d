package touchstone.course;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import touchstone.course.similar.Comparison;
import touchstone.course.similar.Pair;
import touchstone.course.similar.SimilarPage;
import touchstone.course.similar.Winnowing;
import touchstone.course.similar.Work;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/**
 * Which submissions of an assignment share code that they were not given.
 *
 * @param pairs the most alike first
 * @param works what was compared
 * @param notes submissions that could not be read, a sentence each
 */
public record SimilarityReport(List<Pair> pairs, List<Work> works, List<String> notes) {
    private static final List<String> HEADER =
            List.of("student_a", "student_b", "a_in_b", "b_in_a", "longest_run", "shared_fingerprints");

    public SimilarityReport {
        pairs = List.copyOf(pairs);
        works = List.copyOf(works);
        notes = List.copyOf(notes);
    }

    /** Compares all that was handed in for an assignment; nothing of it is run. */
    public static SimilarityReport of(CourseFolder course, String assignment) throws NotebookException {
        var release = new Release(course.settings());
        var asked = new LinkedHashMap<String, Notebook>();
        for (Path file : course.sources(assignment)) {
            asked.put(String.valueOf(file.getFileName()), release.released(Notebook.read(file), file.toString()));
        }
        List<String> given = asked.values().stream()
                .flatMap(notebook -> notebook.cells().stream())
                .filter(Cell::isCode)
                .map(Cell::source)
                .toList();
        var works = new ArrayList<Work>();
        var notes = new ArrayList<String>();
        for (String student : course.students(assignment)) {
            try (var scratch = Scratch.make()) {
                works.add(work(
                        student,
                        Submission.of(course.submitted(student, assignment), scratch.child("zip")),
                        asked,
                        notes));
            } catch (NotebookException e) {
                notes.add(student + ": " + e.sentence());
            }
        }
        return new SimilarityReport(Comparison.of(works, given, Winnowing.defaults()), works, notes);
    }

    private static Work work(String student, Submission submission, Map<String, Notebook> asked, List<String> notes) {
        var cells = new ArrayList<String>();
        for (Map.Entry<String, Notebook> each : asked.entrySet()) {
            Set<String> others = new HashSet<>(asked.keySet());
            others.remove(each.getKey());
            try {
                Path file = submission.answer(each.getKey(), each.getValue(), others);
                cells.addAll(own(Notebook.read(file), locked(each.getValue())));
            } catch (NotebookException e) {
                notes.add(student + ": " + e.sentence());
            }
        }
        return new Work(student, cells);
    }

    /** The code cells but those that the assignment locks. */
    private static List<String> own(Notebook notebook, Set<String> locked) {
        return notebook.cells().stream()
                .filter(Cell::isCode)
                .filter(cell -> CellMarks.of(cell)
                        .filter(marks -> locked.contains(marks.id()))
                        .isEmpty())
                .map(Cell::source)
                .filter(source -> !source.isBlank())
                .toList();
    }

    private static Set<String> locked(Notebook asked) {
        var ids = new HashSet<String>();
        for (Cell cell : asked.cells()) {
            CellMarks.of(cell).filter(CellMarks::locked).ifPresent(marks -> ids.add(marks.id()));
        }
        return ids;
    }

    /** Writes the table and the page to {@code similar/ASSIGNMENT.csv} and {@code .html}; the files written. */
    public List<Path> write(CourseFolder course, String assignment) throws NotebookException {
        Path folder = course.root().resolve("similar");
        Path table = folder.resolve(assignment + ".csv");
        Path page = folder.resolve(assignment + ".html");
        NotebookFiles.requireWritable(table);
        AtomicFile.write(table, csv());
        AtomicFile.write(page, SimilarPage.html(assignment, pairs, works, Winnowing.defaults()));
        return List.of(table, page);
    }

    private String csv() {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        for (Pair pair : pairs) {
            rows.add(List.of(
                    Csv.harmless(pair.first()),
                    Csv.harmless(pair.second()),
                    String.format(Locale.ROOT, "%.4f", pair.firstInSecond()),
                    String.format(Locale.ROOT, "%.4f", pair.secondInFirst()),
                    Integer.toString(pair.longest()),
                    Integer.toString(pair.shared())));
        }
        return Csv.text(rows);
    }
}
