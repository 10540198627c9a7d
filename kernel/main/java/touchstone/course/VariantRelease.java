package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import touchstone.course.variant.CourseKey;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Writes what each student gets where numbers differ: {@code variants/STUDENT/ASSIGNMENT}. */
public final class VariantRelease {
    private VariantRelease() {}

    /**
     * Writes all students' notebooks or, when one has a fault, none. Files that are as they would be written stay.
     *
     * @param students as their folders are called
     * @param replace whether files that are otherwise are replaced
     * @return the files written
     */
    public static List<Path> write(CourseFolder course, String assignment, List<String> students, boolean replace)
            throws NotebookException {
        course.requireSound(assignment);
        var variants = new Variants(course, assignment);
        if (!variants.any()) {
            throw NotebookException.usage("no line in " + course.source(assignment)
                    + " ends in // VARIANT, so that all students get the same; release it without --variants.");
        }
        if (students.isEmpty()) {
            throw NotebookException.usage(
                    "there are no students in " + course.root().resolve("students.csv")
                            + "; list them there, a row each under id,first_name,last_name,email.");
        }
        CourseKey key = key(course);
        var made = new LinkedHashMap<Path, String>();
        for (String student : students) {
            for (Map.Entry<String, Notebook> each :
                    variants.released(student, key).entrySet()) {
                made.put(
                        course.variant(student, assignment).resolve(each.getKey()),
                        each.getValue().toJson());
            }
        }
        List<Path> written = written(made, replace);
        for (String student : students) {
            course.copyOthers(assignment, course.variant(student, assignment));
        }
        return written;
    }

    /** The course's key; a new one only while nobody was given numbers. */
    private static CourseKey key(CourseFolder course) throws NotebookException {
        boolean given = Files.isDirectory(course.root().resolve("variants"));
        return given ? CourseKey.of(course.root()) : CourseKey.ofOrNew(course.root());
    }

    private static List<Path> written(Map<Path, String> made, boolean replace) throws NotebookException {
        var written = new ArrayList<Path>();
        for (Map.Entry<Path, String> each : made.entrySet()) {
            if (!same(each.getKey(), each.getValue())) {
                if (Files.exists(each.getKey()) && !replace) {
                    throw NotebookException.usage(
                            each.getKey() + " is there already and differs; give --force to release it again.");
                }
                written.add(each.getKey());
            }
        }
        for (Path file : written) {
            NotebookFiles.requireWritable(file);
            AtomicFile.write(file, made.getOrDefault(file, ""));
        }
        return written;
    }

    private static boolean same(Path file, String text) throws NotebookException {
        try {
            return Files.exists(file) && Files.readString(file).equals(text);
        } catch (IOException e) {
            throw NotebookException.environment("cannot read " + file + ": " + e.getMessage() + ".");
        }
    }
}
