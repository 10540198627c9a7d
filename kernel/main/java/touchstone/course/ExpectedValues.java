package touchstone.course;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import touchstone.notebook.AtomicFile;
import touchstone.notebook.Json;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;

/**
 * A file with a student's numbers and the values that the reference solution gave, by notebook. The digest of an entry covers the source
 * with the numbers in it, so that an entry of an older source is not used.
 */
final class ExpectedValues {
    private final Path file;
    private final JsonObject json;

    private ExpectedValues(Path file, JsonObject json) {
        this.file = file;
        this.json = json;
    }

    /** Reads a file; empty when there is none. */
    static ExpectedValues of(Path file) throws NotebookException {
        return new ExpectedValues(file, Files.exists(file) ? NotebookFiles.object(file) : new JsonObject());
    }

    boolean has(String notebook, String digest) {
        return Json.text(Json.object(json, notebook), "digest", "").equals(digest);
    }

    /** The values of a notebook's expressions, by {@link ReferenceRun#place}. */
    Map<String, String> values(String notebook) {
        var values = new LinkedHashMap<String, String>();
        JsonObject held = Json.object(Json.object(json, notebook), "expected");
        held.keySet().forEach(place -> values.put(place, Json.text(held, place, "")));
        return values;
    }

    void put(String notebook, String digest, Map<String, String> numbers, Map<String, String> values) {
        var entry = new JsonObject();
        entry.addProperty("digest", digest);
        entry.add("numbers", object(numbers));
        entry.add("expected", object(new TreeMap<>(values)));
        json.add(notebook, entry);
    }

    private static JsonObject object(Map<String, String> values) {
        var object = new JsonObject();
        values.forEach(object::addProperty);
        return object;
    }

    void write() throws NotebookException {
        AtomicFile.write(file, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
    }
}
