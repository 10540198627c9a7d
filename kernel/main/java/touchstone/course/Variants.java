package touchstone.course;

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
import touchstone.course.variant.CourseKey;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** An assignment with each student's own numbers, and with the values that the reference solution makes of them. */
final class Variants {
    private final CourseFolder course;
    private final String assignment;
    private final CourseSettings settings;
    private final Map<String, String> sources =
            new LinkedHashMap<>(); // text by file name: notebooks are for one thread
    private final boolean any;

    /** For an assignment whose source notebooks are without fault. */
    Variants(CourseFolder course, String assignment) throws NotebookException {
        this.course = course;
        this.assignment = assignment;
        this.settings = course.settings();
        boolean found = false;
        for (Path file : course.sources(assignment)) {
            Notebook source = Notebook.read(file);
            found |= Numbers.any(source);
            sources.put(String.valueOf(file.getFileName()), source.toJson());
        }
        any = found;
    }

    /** Whether any number differs from student to student. */
    boolean any() {
        return any;
    }

    /** Whether a student was given numbers of their own. */
    boolean given(String student) {
        return any && Files.isDirectory(course.variant(student, assignment));
    }

    /** What is wrong with the source's own numbers, by a run of the reference solution: a sentence each. */
    List<String> faults() throws NotebookException {
        var faults = new ArrayList<String>();
        for (Map.Entry<String, String> each : sources.entrySet()) {
            Notebook source = Notebook.parse(each.getValue(), each.getKey());
            if (Numbers.anyExpected(source)) {
                ReferenceRun run = ReferenceRun.of(source, each.getKey(), Reference.of(course, assignment));
                faults.addAll(run.faults());
                if (run.faults().isEmpty()) {
                    faults.addAll(Numbers.disagreements(source, run.values(), each.getKey()));
                }
            }
        }
        return faults;
    }

    /** A student's notebooks for grading, by file name, as {@link Release#graded} makes them. */
    Map<String, Notebook> graded(String student, CourseKey key) throws NotebookException {
        var release = new Release(settings);
        var made = new LinkedHashMap<String, Notebook>();
        for (Map.Entry<String, Notebook> each : own(student, key).entrySet()) {
            made.put(each.getKey(), release.graded(each.getValue(), each.getKey()));
        }
        return made;
    }

    /** A student's notebooks as the student gets them, by file name. */
    Map<String, Notebook> released(String student, CourseKey key) throws NotebookException {
        var release = new Release(settings);
        var made = new LinkedHashMap<String, Notebook>();
        for (Map.Entry<String, Notebook> each : own(student, key).entrySet()) {
            made.put(each.getKey(), release.released(each.getValue(), each.getKey()));
        }
        return made;
    }

    /** The sources with a student's numbers. */
    private Map<String, Notebook> own(String student, CourseKey key) throws NotebookException {
        ExpectedValues record = ExpectedValues.of(course.expected(student, assignment));
        boolean changed = false;
        var made = new LinkedHashMap<String, Notebook>();
        for (Map.Entry<String, String> each : sources.entrySet()) {
            String name = each.getKey();
            Notebook notebook = Notebook.parse(each.getValue(), name);
            Map<String, String> numbers = Numbers.drawn(notebook, key, student, assignment);
            Numbers.apply(notebook, numbers);
            if (Numbers.any(notebook)) {
                String digest = digest(notebook);
                if (!record.has(name, digest)) {
                    record.put(name, digest, numbers, computed(notebook, name, student, numbers));
                    changed = true;
                }
                Numbers.expect(notebook, record.values(name));
            }
            made.put(name, notebook);
        }
        if (changed) {
            NotebookFiles.requireWritable(course.expected(student, assignment));
            record.write();
        }
        return made;
    }

    private Map<String, String> computed(Notebook notebook, String name, String student, Map<String, String> numbers)
            throws NotebookException {
        ReferenceRun run = ReferenceRun.of(notebook, name, Reference.of(course, assignment));
        var faults = new ArrayList<>(run.faults());
        if (faults.isEmpty()) {
            faults.addAll(Numbers.unusable(notebook, run.values(), name));
        }
        if (!faults.isEmpty()) {
            throw NotebookException.usage(
                    "with the numbers of " + student + ", " + numbers + ":\n" + String.join("\n", faults));
        }
        return run.values();
    }

    private static String digest(Notebook notebook) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(notebook.toJson().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
