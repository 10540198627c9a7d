package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import touchstone.notebook.NotebookException;

/** A temporary folder that is deleted with all that is in it. */
record Scratch(Path folder) implements AutoCloseable {
    static Scratch make() throws NotebookException {
        try {
            return new Scratch(Files.createTempDirectory("touchstone-grading-"));
        } catch (IOException e) {
            throw NotebookException.environment("cannot make a folder to grade in: " + e.getMessage() + ".");
        }
    }

    /** A folder in it. */
    Path child(String name) throws NotebookException {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw NotebookException.environment("cannot make a folder to grade in: " + e.getMessage() + ".");
        }
    }

    @Override
    public void close() throws NotebookException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw NotebookException.environment("cannot delete " + folder + ": " + e.getMessage() + ".");
        }
    }
}
