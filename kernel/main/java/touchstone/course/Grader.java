package touchstone.course;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import touchstone.course.variant.CourseKey;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Grades all submissions of an assignment. What was graded before, and has not changed since, is not run again. */
public final class Grader {
    static final String SCORES = "scores.json";

    private final CourseFolder course;
    private final String assignment;
    private final Roster roster;
    private final double most;
    private final SubmissionGrader submissions;
    private final Variants variants;
    private final Confinement confinement;
    private final Consumer<String> progress;

    /**
     * For one assignment, whose source notebooks must be without fault.
     *
     * @param progress is told a line for each submission, from any thread
     */
    public Grader(CourseFolder course, String assignment, Consumer<String> progress) throws NotebookException {
        this.course = course;
        this.assignment = assignment;
        CourseSettings settings = course.settings();
        this.roster = Roster.of(course.root());
        this.confinement = Confinement.of(settings, course.root());
        this.progress = progress;
        course.requireSound(assignment);
        var graded = new LinkedHashMap<String, Notebook>(); // by file name
        for (Path file : course.sources(assignment)) {
            Notebook made = new Release(settings).graded(Notebook.read(file), file.toString());
            graded.put(String.valueOf(file.getFileName()), made);
        }
        this.most = SubmissionGrader.most(graded);
        this.submissions = new SubmissionGrader(course, assignment, settings, confinement, graded);
        this.variants = new Variants(course, assignment);
    }

    /**
     * Grades all who handed something in, so many at a time, and puts their scores into {@code grades.csv}, with those
     * that a person gave in {@code manual.csv}.
     *
     * @param again whether to run also what was graded before
     * @return the grades in the order of the students' names
     */
    public List<StudentGrade> all(int jobs, boolean again) throws NotebookException {
        if (confinement.sandbox().isPresent()) {
            Reference.unpackNatives(course, assignment, course.settings());
        }
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<String> found = course.students(assignment);
            var running = new LinkedHashMap<String, Future<StudentGrade>>();
            for (String student : found) {
                running.put(student, pool.submit(() -> one(student, again)));
            }
            ManualGrades manual = ManualGrades.of(course.root());
            var grades = new ArrayList<StudentGrade>();
            for (String student : all(found)) {
                Future<StudentGrade> grade = running.get(student);
                grades.add(manual.apply(assignment, grade == null ? StudentGrade.missing(student, most) : grade.get()));
            }
            noteMissingNumbers(found);
            GradesFile.update(course, assignment, grades);
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

    private void noteMissingNumbers(List<String> found) {
        if (variants.any()) {
            found.stream()
                    .filter(student -> !variants.given(student))
                    .forEach(student -> progress.accept(
                            student + ": has nothing in variants/ and was graded with the numbers of the source"));
        }
    }

    /** Those who handed something in and those of the roster, in the order of their names. */
    private List<String> all(List<String> found) {
        var all = new TreeSet<String>(roster.ids());
        all.addAll(found);
        return List.copyOf(all);
    }

    /** What was applied to submissions, and what was not, a sentence each. */
    public List<String> ranUnder() {
        return confinement.sentences();
    }

    /** Those who handed something in but are not on the roster; none when there is no roster. */
    public List<String> strangers() throws NotebookException {
        return roster.strangers(course.students(assignment));
    }

    private StudentGrade one(String student, boolean again) throws NotebookException {
        Path scores = course.autograded(student, assignment).resolve(SCORES);
        SubmissionGrader own = variants.given(student)
                ? submissions.with(variants.graded(student, CourseKey.of(course.root())))
                : submissions;
        String digest = own.digest(student);
        if (!again && Files.exists(scores)) {
            JsonObject before = NotebookFiles.object(scores);
            if (before.has("digest") && before.get("digest").getAsString().equals(digest)) {
                progress.accept(student + ": graded before");
                return StudentGrade.fromJson(before);
            }
        }
        long started = System.nanoTime();
        StudentGrade grade = own.grade(student);
        JsonObject json = grade.toJson();
        var under = new JsonArray();
        confinement.sentences().forEach(under::add);
        json.add("ran_under", under);
        json.addProperty("digest", digest);
        NotebookFiles.requireWritable(scores);
        AtomicFile.write(scores, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
        progress.accept(String.format(
                java.util.Locale.ROOT,
                "%s: %s of %s points%s, %.1f s",
                student,
                number(grade.points()),
                number(grade.most()),
                grade.waiting() > 0 ? ", " + grade.waiting() + " to grade by hand" : "",
                (System.nanoTime() - started) / 1e9));
        return grade;
    }

    static String number(double points) {
        return points == Math.rint(points) ? Long.toString((long) points) : Double.toString(points);
    }
}
