package touchstone.course;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Grades one student's submission of an assignment. */
final class SubmissionGrader {
    private final CourseFolder course;
    private final String assignment;
    private final CourseSettings settings;
    private final Confinement confinement;
    private final Map<String, Notebook> graded;

    /**
     * For one student.
     *
     * @param graded the assignment's notebooks as {@link Release#graded} makes them, by file name
     */
    SubmissionGrader(
            CourseFolder course,
            String assignment,
            CourseSettings settings,
            Confinement confinement,
            Map<String, Notebook> graded) {
        this.course = course;
        this.assignment = assignment;
        this.settings = settings;
        this.confinement = confinement;
        this.graded = graded;
    }

    /** The same for a student whose notebooks are other ones. */
    SubmissionGrader with(Map<String, Notebook> own) {
        return new SubmissionGrader(course, assignment, settings, confinement, own);
    }

    /** Points that the assignment can earn. */
    static double most(Map<String, Notebook> graded) {
        return graded.values().stream()
                .flatMap(notebook -> notebook.cells().stream())
                .flatMap(cell -> CellMarks.of(cell).stream())
                .filter(m -> m.grade() || m.task())
                .mapToDouble(CellMarks::points)
                .sum();
    }

    /** Runs what a student handed in and leaves the notebooks with their outputs in {@code autograded}. */
    StudentGrade grade(String student) throws NotebookException {
        try (var scratch = Scratch.make()) {
            return grade(student, scratch);
        }
    }

    private StudentGrade grade(String student, Scratch scratch) throws NotebookException {
        Path folder = course.submitted(student, assignment);
        var notes = new ArrayList<String>();
        Optional<OffsetDateTime> time = time(folder, notes);
        var scores = new ArrayList<CellScore>();
        var state = StudentGrade.State.GRADED;
        try {
            Submission submission = Submission.of(folder, scratch.child("zip"));
            notes.addAll(submission.notes());
            if (submission.empty()) {
                return StudentGrade.missing(student, most(graded)).withNotes(notes);
            }
            for (String name : graded.keySet()) {
                try {
                    scores.addAll(notebook(name, submission, student, scratch.child(name), notes));
                } catch (NotebookException e) {
                    notes.add(told(e));
                    state = StudentGrade.State.UNREADABLE;
                }
            }
        } catch (NotebookException e) {
            notes.add(told(e));
            state = StudentGrade.State.UNREADABLE;
        }
        Duration late = settings.due(assignment)
                .flatMap(due -> time.map(at -> HandIn.late(at, due)))
                .orElse(Duration.ZERO);
        if (late.toSeconds() > 0) {
            notes.add(0, "late by " + HandIn.words(late));
        }
        String handedIn = time.map(HandIn::text).orElse("");
        return new StudentGrade(student, state, handedIn, late.toSeconds(), scores, most(graded), notes);
    }

    private static Optional<OffsetDateTime> time(Path folder, List<String> notes) {
        try {
            return HandIn.of(folder);
        } catch (NotebookException e) {
            notes.add(e.sentence());
            return Optional.empty();
        }
    }

    /** The sentence of a fault of the submission; a fault of the machine goes on. */
    private static String told(NotebookException fault) throws NotebookException {
        if (fault.exitCode() != 2) {
            throw fault;
        }
        return fault.sentence();
    }

    private List<CellScore> notebook(
            String name, Submission submission, String student, Path folder, List<String> notes)
            throws NotebookException {
        Notebook asked = java.util.Objects.requireNonNull(graded.get(name), "asked");
        Set<String> others = new HashSet<>(graded.keySet());
        others.remove(name);
        Path file = submission.answer(name, asked, others);
        Restored restored = Restored.of(asked, Notebook.read(file), String.valueOf(file.getFileName()));
        notes.addAll(restored.notes());
        try {
            Submission.copyOthers(submission.files(), folder);
            Submission.copyOthers(Submission.walk(course.source(assignment), new ArrayList<>()), folder);
        } catch (IOException e) {
            throw NotebookException.environment("cannot copy the files of " + student + ": " + e.getMessage() + ".");
        }
        notes.addAll(GradingRun.run(restored.notebook(), settings, confinement, folder));
        Path target = course.autograded(student, assignment).resolve(name);
        NotebookFiles.requireWritable(target);
        restored.notebook().write(target);
        return scores(restored.notebook());
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
    String digest(String student) throws NotebookException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, settings.toString().getBytes(StandardCharsets.UTF_8));
            add(digest, Boolean.toString(confinement.sandbox().isPresent()).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, Notebook> each : graded.entrySet()) {
                add(digest, each.getValue().toJson().getBytes(StandardCharsets.UTF_8));
            }
            for (Path folder : List.of(course.source(assignment), course.submitted(student, assignment))) {
                for (Map.Entry<String, Path> each :
                        Submission.walk(folder, new ArrayList<>()).entrySet()) {
                    add(digest, each.getKey().getBytes(StandardCharsets.UTF_8));
                    add(digest, Files.readAllBytes(each.getValue()));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw NotebookException.environment(
                    "cannot read the submission of " + student + ": " + e.getMessage() + ".");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** With the length before it, so that what follows cannot pass for it. */
    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
