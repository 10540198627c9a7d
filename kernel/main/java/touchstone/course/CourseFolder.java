package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/**
 * A course's folder, laid out as nbgrader does: {@code source/A}, {@code release/A}, {@code submitted/STUDENT/A},
 * {@code autograded/STUDENT/A} and {@code feedback/STUDENT/A}.
 */
public record CourseFolder(Path root) {
    static final String NAME = "[^/\\\\+]+";

    /** Where an assignment's notebooks with solutions are. */
    Path source(String assignment) {
        return root.resolve("source").resolve(assignment);
    }

    /** Where what students get is put. */
    Path release(String assignment) {
        return root.resolve("release").resolve(assignment);
    }

    /** What a student handed in. */
    Path submitted(String student, String assignment) {
        return root.resolve("submitted").resolve(student).resolve(assignment);
    }

    /** Where a student's graded notebooks are put. */
    Path autograded(String student, String assignment) {
        return root.resolve("autograded").resolve(student).resolve(assignment);
    }

    /** Where the pages for a student are put. */
    Path feedback(String student, String assignment) {
        return root.resolve("feedback").resolve(student).resolve(assignment);
    }

    /** Where what a student alone gets is put. */
    Path variant(String student, String assignment) {
        return root.resolve("variants").resolve(student).resolve(assignment);
    }

    /** The instructor's record of a student's numbers and of what the reference solution makes of them. */
    Path expected(String student, String assignment) {
        return root.resolve("expected").resolve(assignment).resolve(student + ".json");
    }

    /** Where the tables and the page on a class are put. */
    Path report(String assignment) {
        return root.resolve("report").resolve(assignment);
    }

    /** The table of all scores. */
    Path grades() {
        return root.resolve("grades.csv");
    }

    /** How the course is released and graded. */
    CourseSettings settings() throws NotebookException {
        if (!Files.isDirectory(root)) {
            throw NotebookException.usage("there is no course folder " + root + "; check --course.");
        }
        return CourseSettings.of(root);
    }

    /** The assignment's source notebooks, in the order of their names. */
    List<Path> sources(String assignment) throws NotebookException {
        requireName(assignment);
        List<Path> found = notebooks(source(assignment));
        if (found.isEmpty()) {
            throw NotebookException.usage(
                    "there is no notebook in " + source(assignment) + "; put the assignment's notebooks there.");
        }
        return found;
    }

    static void requireName(String assignment) throws NotebookException {
        if (!assignment.matches(NAME) || assignment.startsWith(".")) {
            throw NotebookException.usage("the assignment must be a folder's name, was \"" + assignment + "\".");
        }
    }

    /** The students who handed something in for an assignment, in the order of their names. */
    List<String> students(String assignment) throws NotebookException {
        return students("submitted", assignment);
    }

    /** The students of whom grading left something, in the order of their names. */
    List<String> graded(String assignment) throws NotebookException {
        return students("autograded", assignment);
    }

    private List<String> students(String step, String assignment) throws NotebookException {
        var students = new ArrayList<String>();
        for (Path each : entries(root.resolve(step))) {
            if (Files.isDirectory(each.resolve(assignment))) {
                students.add(String.valueOf(each.getFileName()));
            }
        }
        return students;
    }

    /** The notebooks of a folder, without checkpoints, in the order of their names. */
    static List<Path> notebooks(Path folder) throws NotebookException {
        return entries(folder).stream()
                .filter(file -> file.toString().endsWith(".ipynb") && Files.isRegularFile(file))
                .toList();
    }

    private static List<Path> entries(Path folder) throws NotebookException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw NotebookException.environment("cannot list " + folder + ": " + e.getMessage() + ".");
        }
    }

    /** What is wrong in the assignment's source notebooks, a sentence each. */
    public List<String> faults(String assignment) throws NotebookException {
        var faults = new ArrayList<String>();
        for (Path file : sources(assignment)) {
            faults.addAll(SourceCheck.faults(Notebook.read(file), String.valueOf(file.getFileName())));
        }
        return faults;
    }

    /** Tests in the source notebooks that their own solutions do not pass, or values that they do not give, a sentence each. Runs the notebooks. */
    public List<String> failures(String assignment) throws NotebookException {
        List<String> failures = Reference.of(this, assignment).faults();
        return failures.isEmpty() ? new Variants(this, assignment).faults() : failures;
    }

    /** Throws when the source notebooks have a fault, with all of them. */
    void requireSound(String assignment) throws NotebookException {
        List<String> faults = faults(assignment);
        if (!faults.isEmpty()) {
            throw NotebookException.usage(String.join("\n", faults));
        }
    }

    /** Writes what students get, all notebooks or, when one has a fault, none; the files written. */
    public List<Path> release(String assignment, boolean replace) throws NotebookException {
        requireSound(assignment);
        var release = new Release(settings());
        List<Path> sources = sources(assignment);
        var made = new ArrayList<Notebook>();
        for (Path file : sources) {
            Path target = release(assignment).resolve(file.getFileName());
            if (Files.exists(target) && !replace) {
                throw NotebookException.usage(target + " is there already; give --force to release it again.");
            }
            made.add(release.released(Notebook.read(file), file.toString()));
        }
        var written = new ArrayList<Path>();
        for (int i = 0; i < made.size(); i++) {
            Path target = release(assignment).resolve(sources.get(i).getFileName());
            NotebookFiles.requireWritable(target);
            made.get(i).write(target);
            written.add(target);
        }
        copyOthers(assignment, release(assignment));
        return written;
    }

    /** Data and pictures that lie beside the notebooks go along. */
    void copyOthers(String assignment, Path target) throws NotebookException {
        try {
            Submission.copyOthers(Submission.walk(source(assignment), new ArrayList<>()), target);
        } catch (IOException e) {
            throw NotebookException.environment("cannot copy files to " + target + ": " + e.getMessage() + ".");
        }
    }
}
