package touchstone.notebook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Questions about files that a command asks before it runs. */
public final class NotebookFiles {
    private NotebookFiles() {}

    /** The JSON object in a file. */
    public static JsonObject object(Path file) throws NotebookException {
        JsonElement json = Json.parse(Notebook.text(file), file.toString());
        if (!json.isJsonObject()) {
            throw NotebookException.usage(file + " must hold one JSON object of parameters, such as {\"seed\": 1}.");
        }
        return json.getAsJsonObject();
    }

    /** True when both paths lead to the same file, links followed. */
    public static boolean same(Path first, Path second) throws NotebookException {
        try {
            return first.toAbsolutePath()
                            .normalize()
                            .equals(second.toAbsolutePath().normalize())
                    || (Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second));
        } catch (IOException e) {
            throw NotebookException.environment(
                    "cannot compare " + first + " with " + second + ": " + AtomicFile.reason(e) + ".");
        }
    }

    /**
     * Checks that a file can be written, and makes its folder, so that a run does not end at its first write.
     *
     * @throws NotebookException if a folder is in the way or a permission is missing
     */
    public static void requireWritable(Path file) throws NotebookException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw NotebookException.environment(
                    "cannot write " + file + ": a folder of that name is in the way; remove it or give another --out.");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw NotebookException.environment(
                    "cannot make the folder " + folder + ": " + AtomicFile.reason(e) + "; give another --out.");
        }
        if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
            throw NotebookException.environment("cannot write " + file + ": no permission; give another --out.");
        }
    }
}
