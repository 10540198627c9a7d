package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Jupyter notebook, nbformat 4.0 to 4.5, held as JSON so that fields unknown to us survive. Notebooks older than 4.5
 * become 4.5 when read: their cells get ids that depend on position and source alone. Not safe for use by many threads.
 */
public final class Notebook {
    private final JsonObject json;
    private final List<Cell> cells = new ArrayList<>();

    private Notebook(JsonObject json) {
        this.json = json;
        Json.array(json, "cells").forEach(cell -> cells.add(new Cell(cell.getAsJsonObject())));
    }

    /** An empty Java notebook. */
    public static Notebook empty() {
        var json = new JsonObject();
        json.add("cells", new JsonArray());
        json.addProperty("nbformat", 4);
        json.addProperty("nbformat_minor", 5);
        JsonObject kernel = Json.ensureObject(Json.ensureObject(json, "metadata"), "kernelspec");
        kernel.addProperty("display_name", "Java (Touchstone)");
        kernel.addProperty("language", "java");
        kernel.addProperty("name", "java");
        return new Notebook(json);
    }

    /** Reads and checks a file; a fault is told with the file's name. */
    public static Notebook read(Path file) throws NotebookException {
        return parse(text(file), file.toString());
    }

    /** The text of a file that must be a readable UTF-8 file. */
    static String text(Path file) throws NotebookException {
        if (!Files.exists(file)) {
            throw NotebookException.usage("there is no file " + file + "; check the path.");
        }
        if (Files.isDirectory(file)) {
            throw NotebookException.usage(file + " is a folder; name the file in it.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw NotebookException.usage(file + " is not a notebook: it is not text in UTF-8.");
        } catch (IOException e) {
            throw NotebookException.environment("cannot read " + file + ": " + AtomicFile.reason(e) + ".");
        }
    }

    /**
     * Reads a notebook from its text.
     *
     * @param name how messages call it
     */
    public static Notebook parse(String text, String name) throws NotebookException {
        JsonElement element = Json.parse(text.startsWith("\uFEFF") ? text.substring(1) : text, name);
        if (!element.isJsonObject() || !element.getAsJsonObject().has("nbformat")) {
            throw NotebookException.usage(name + " is not a notebook: it is JSON without an nbformat field.");
        }
        JsonObject json = element.getAsJsonObject();
        NotebookCheck.check(json, name);
        return new Notebook(json);
    }

    /** The cells in order; changes to the list change the notebook. */
    public List<Cell> cells() {
        return cells;
    }

    /** The notebook's metadata; live, not a copy. */
    public JsonObject metadata() {
        return Json.ensureObject(json, "metadata");
    }

    /** The cells with this tag. */
    public List<Cell> tagged(String tag) {
        return cells.stream().filter(cell -> cell.hasTag(tag)).toList();
    }

    /**
     * Checks that the notebook is written for a Java kernel, or names none.
     *
     * @param name how the message calls it
     */
    public void requireJava(String name) throws NotebookException {
        JsonObject kernel = Json.object(metadata(), "kernelspec");
        String kernelName = Json.text(kernel, "name", "");
        String language =
                Json.text(kernel, "language", Json.text(Json.object(metadata(), "language_info"), "name", ""));
        boolean java = language.isEmpty()
                ? kernelName.isEmpty() || kernelName.matches("(?i)(.*[^a-z])?(i|j)?java([^a-z].*)?|rapaio.*")
                : language.equalsIgnoreCase("java");
        if (!java) {
            String said = Json.text(kernel, "display_name", kernelName.isEmpty() ? language : kernelName);
            throw NotebookException.usage(name + " is written for the kernel \"" + said + "\""
                    + (language.isEmpty() ? "" : " (language " + language + ")")
                    + ", not for Java; run it with that kernel.");
        }
    }

    /** True when a cell holds an output, a count or times of a run. */
    public boolean hasRun() {
        return metadata().has("papermill") || cells.stream().anyMatch(Cell::hasRun);
    }

    /** Removes what a run left: outputs, counts, times, the injected parameters and the run's account of itself. */
    public void strip() {
        cells.removeIf(cell -> cell.hasTag("injected-parameters"));
        cells.stream().filter(Cell::isCode).forEach(Cell::clear);
        metadata().remove("papermill");
        metadata().remove("widgets");
    }

    /** The notebook as Jupyter writes it. */
    public String toJson() {
        var array = new JsonArray();
        cells.forEach(cell -> array.add(cell.json()));
        json.add("cells", array);
        return JupyterJson.write(JupyterJson.splitLines(json));
    }

    /** Writes the notebook in one step; see {@link AtomicFile#write}. */
    public void write(Path file) throws NotebookException {
        AtomicFile.write(file, toJson());
    }
}
