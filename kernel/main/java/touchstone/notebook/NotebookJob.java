package touchstone.notebook;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One notebook that is to be executed.
 *
 * @param source the file as the user named it; the kernel's working directory is its folder
 * @param output the executed notebook's file
 * @param notebook what will be executed, parameters included; the runner fills it
 * @param parameters the values given from outside
 * @param sha256 of the source file, in lower-case hex
 */
public record NotebookJob(Path source, Path output, Notebook notebook, JsonObject parameters, String sha256) {

    /**
     * Reads a notebook and puts the parameters in.
     *
     * @param values from outside; may be empty
     * @throws NotebookException if the notebook or a value is wrong; nothing has been written then
     */
    public static NotebookJob of(Path source, Path output, JsonObject values) throws NotebookException {
        String text = Notebook.text(source);
        Notebook notebook = Notebook.parse(text, source.toString());
        notebook.requireJava(source.toString());
        Parameters.inject(notebook, values, source.toString());
        String sha256 = NotebookCheck.sha256(text.getBytes(StandardCharsets.UTF_8));
        return new NotebookJob(source, output, notebook, values, sha256);
    }

    /** The file name of the source. */
    public String name() {
        return String.valueOf(source.getFileName());
    }

    /** The folder of the source. */
    Path folder() {
        Path parent = source.toAbsolutePath().getParent();
        return parent == null ? source.toAbsolutePath() : parent;
    }

    /** A sibling of the output with another ending, such as {@code .html}. */
    public Path outputWith(String ending) {
        String name = String.valueOf(output.getFileName());
        int dot = name.lastIndexOf('.');
        return output.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
    }
}
