package touchstone.course;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/** Begins a course, or one more assignment of it: a source notebook that has each kind of cell once, and the files around it. */
public final class NewAssignment {
    private static final Map<String, String> AROUND = Map.of(
            CourseSettings.FILE, "new.properties", Roster.FILE, "new-students.csv", ".gitignore", "new.gitignore");

    private NewAssignment() {}

    /**
     * Writes {@code source/ASSIGNMENT/ASSIGNMENT.ipynb} and, where they are not there yet, the settings, an empty roster and what
     * git should ignore; the files written.
     */
    public static List<Path> make(CourseFolder course, String assignment) throws NotebookException {
        CourseFolder.requireName(assignment);
        Path file = course.source(assignment).resolve(assignment + ".ipynb");
        if (Files.exists(course.source(assignment))) {
            throw NotebookException.usage(
                    course.source(assignment) + " is there already; give another name, or delete it first.");
        }
        NotebookFiles.requireWritable(file);
        var written = new ArrayList<Path>();
        Notebook.parse(text("new.ipynb").replace("ASSIGNMENT", assignment), "new.ipynb")
                .write(file);
        written.add(file);
        for (Map.Entry<String, String> each : new java.util.TreeMap<>(AROUND).entrySet()) {
            Path target = course.root().resolve(each.getKey());
            if (!Files.exists(target)) {
                AtomicFile.write(target, text(each.getValue()));
                written.add(target);
            }
        }
        return written;
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(NewAssignment.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource + " in the jar", e);
        }
    }
}
