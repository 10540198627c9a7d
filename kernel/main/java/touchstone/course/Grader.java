package touchstone.course;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import touchstone.course.variant.CourseKey;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Grades all submissions of an assignment. What was graded before, and has not changed since, is not run again. */
public final class Grader {
    static final String SCORES = "scores.json";

    private final CourseFolder course;
    private final String assignment;
    private final CourseSettings settings;
    private final Confinement confinement;
    private final Consumer<String> progress;
    private final Map<String, Notebook> graded = new LinkedHashMap<>(); // by file name
    private final Variants variants;

    /**
     * For one assignment, whose source notebooks must be without fault.
     *
     * @param progress is told a line for each submission, from any thread
     */
    public Grader(CourseFolder course, String assignment, Consumer<String> progress) throws NotebookException {
        this.course = course;
        this.assignment = assignment;
        this.settings = course.settings();
        this.confinement = Confinement.of(settings, course.root());
        this.progress = progress;
        course.requireSound(assignment);
        for (Path file : course.sources(assignment)) {
            Notebook made = new Release(settings).graded(Notebook.read(file), file.toString());
            graded.put(String.valueOf(file.getFileName()), made);
        }
        variants = new Variants(course, assignment);
    }

    /** The notebooks for grading, with a student's own numbers where these were given. */
    private Map<String, Notebook> graded(String student) throws NotebookException {
        return variants.given(student) ? variants.graded(student, CourseKey.of(course.root())) : graded;
    }

    /**
     * Grades all who handed something in, so many at a time, and puts their scores into {@code grades.csv}, with those
     * that a person gave in {@code manual.csv}.
     *
     * @param again whether to run also what was graded before
     * @return the grades in the order of the students' names
     */
    public List<StudentGrade> all(int jobs, boolean again) throws NotebookException {
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            var running = new ArrayList<Future<StudentGrade>>();
            for (String student : course.students(assignment)) {
                running.add(pool.submit(() -> one(student, again)));
            }
            ManualGrades manual = ManualGrades.of(course.root());
            var grades = new ArrayList<StudentGrade>();
            for (Future<StudentGrade> each : running) {
                grades.add(manual.apply(assignment, each.get()));
            }
            GradesFile.update(course.grades(), assignment, grades);
            return grades;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotebookException fault) {
                throw fault;
            }
            throw new IllegalStateException("grading broke off", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotebookException.environment("grading was interrupted; what is graded is kept.");
        } finally {
            pool.shutdownNow();
        }
    }

    private StudentGrade one(String student, boolean again) throws NotebookException {
        Path scores = course.autograded(student, assignment).resolve(SCORES);
        Map<String, Notebook> own = graded(student);
        String digest = digest(student, own);
        if (!again && Files.exists(scores)) {
            JsonObject before = NotebookFiles.object(scores);
            if (before.has("digest") && before.get("digest").getAsString().equals(digest)) {
                progress.accept(student + ": graded before");
                return StudentGrade.fromJson(before);
            }
        }
        StudentGrade grade = run(student, own);
        JsonObject json = grade.toJson();
        json.addProperty("digest", digest);
        NotebookFiles.requireWritable(scores);
        AtomicFile.write(scores, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
        progress.accept(String.format(
                java.util.Locale.ROOT,
                "%s: %s of %s points%s",
                student,
                number(grade.points()),
                number(grade.most()),
                grade.waiting() > 0 ? ", " + grade.waiting() + " to grade by hand" : ""));
        return grade;
    }

    static String number(double points) {
        return points == Math.rint(points) ? Long.toString((long) points) : Double.toString(points);
    }

    private StudentGrade run(String student, Map<String, Notebook> own) throws NotebookException {
        var scores = new ArrayList<CellScore>();
        var notes = new ArrayList<String>();
        if (variants.any() && !variants.given(student)) {
            notes.add("has no numbers in variants/ and was graded with those of the source");
        }
        double most = 0;
        for (Map.Entry<String, Notebook> each : own.entrySet()) {
            most += most(each.getValue());
            Path file = course.submitted(student, assignment).resolve(each.getKey());
            if (!Files.exists(file)) {
                notes.add(each.getKey() + " is missing");
                continue;
            }
            try {
                Restored restored = Restored.of(each.getValue(), Notebook.read(file), file.toString());
                notes.addAll(restored.notes());
                notes.addAll(inFolderOfItsOwn(restored.notebook()));
                Path target = course.autograded(student, assignment).resolve(each.getKey());
                NotebookFiles.requireWritable(target);
                restored.notebook().write(target);
                scores.addAll(scores(restored.notebook()));
            } catch (NotebookException e) {
                if (e.exitCode() != 2) {
                    throw e;
                }
                notes.add(each.getKey() + " could not be graded: " + e.sentence());
            }
        }
        return new StudentGrade(student, scores, most, notes);
    }

    private List<String> inFolderOfItsOwn(Notebook notebook) throws NotebookException {
        try {
            Path folder = Files.createTempDirectory("touchstone-grading-");
            try {
                return GradingRun.run(notebook, settings, confinement, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw NotebookException.environment("cannot make a folder to grade in: " + e.getMessage() + ".");
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    private static double most(Notebook notebook) {
        return notebook.cells().stream()
                .flatMap(cell -> CellMarks.of(cell).stream())
                .filter(m -> m.grade() || m.task())
                .mapToDouble(CellMarks::points)
                .sum();
    }

    private static List<CellScore> scores(Notebook notebook) {
        var scores = new ArrayList<CellScore>();
        for (Cell cell : notebook.cells()) {
            CellMarks.of(cell)
                    .filter(m -> m.grade() || m.task())
                    .ifPresent(marks -> scores.add(CellScore.of(cell, marks)));
        }
        return scores;
    }

    /** A digest of all that a grade depends on: the assignment, the settings and what was handed in. */
    private String digest(String student, Map<String, Notebook> own) throws NotebookException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(settings.toString().getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, Notebook> each : own.entrySet()) {
                digest.update(each.getValue().toJson().getBytes(StandardCharsets.UTF_8));
                Path file = course.submitted(student, assignment).resolve(each.getKey());
                digest.update(Files.exists(file) ? Files.readAllBytes(file) : new byte[] {0});
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw NotebookException.environment(
                    "cannot read the submission of " + student + ": " + e.getMessage() + ".");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
