package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import touchstone.kernel.display.MimeBundle;

/**
 * The claims that notebooks checked, by notebook: {@code {"schema", "notebooks": [{"notebook", "sha256", "parameters",
 * "started", "duration_s", "status", "verdicts", "claims"}], "verdicts"}}. A notebook that ran again replaces its older
 * entry; the others stay.
 */
public final class Ledger {
    /** The file's name in the folder of the executed notebooks. */
    public static final String FILE = "claims.json";

    private static final String SCHEMA = "touchstone-claims/1";

    private final Map<String, JsonObject> entries = new TreeMap<>();

    private Ledger() {}

    /** The ledger in a folder; empty when there is none. */
    public static Ledger read(Path folder) throws NotebookException {
        var ledger = new Ledger();
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return ledger;
        }
        JsonElement json = Json.parse(Notebook.text(file), file.toString());
        if (!json.isJsonObject()
                || !Json.text(json.getAsJsonObject(), "schema", "").equals(SCHEMA)) {
            throw NotebookException.environment(file + " is not a claims ledger; move it away or give another --out.");
        }
        for (JsonElement entry : Json.array(json.getAsJsonObject(), "notebooks")) {
            if (entry.isJsonObject()) {
                JsonObject object = entry.getAsJsonObject();
                ledger.entries.put(Json.text(object, "notebook", ""), object);
            }
        }
        return ledger;
    }

    /** Puts the claims of a run in the place of the notebook's older ones. */
    public void put(RunResult result) {
        JsonArray tables = tables(result.job().notebook());
        String name = key(result.job().source());
        entries.remove(name);
        if (tables.isEmpty()) {
            return;
        }
        var entry = new JsonObject();
        entry.addProperty("notebook", name);
        entry.addProperty("sha256", result.job().sha256());
        entry.add("parameters", result.job().parameters());
        entry.addProperty("started", result.started().toString());
        entry.addProperty("duration_s", result.duration().toMillis() / 1000.0);
        entry.addProperty("status", result.status().word());
        entry.add("verdicts", json(verdicts(tables)));
        entry.add("claims", tables);
        entries.put(name, entry);
    }

    private static String key(Path source) {
        Path here = Path.of("").toAbsolutePath();
        Path file = source.toAbsolutePath().normalize();
        return (file.startsWith(here) ? here.relativize(file) : file).toString().replace('\\', '/');
    }

    /** The claims tables among a notebook's outputs; of several for one paper, the last. */
    public static JsonArray tables(Notebook notebook) {
        var byPaper = new LinkedHashMap<String, JsonElement>();
        for (Cell cell : notebook.cells()) {
            for (JsonElement output : cell.outputs()) {
                JsonElement claims =
                        Json.object(output.getAsJsonObject(), "data").get(MimeBundle.CLAIMS);
                if (claims != null && claims.isJsonObject()) {
                    byPaper.put(Json.text(claims.getAsJsonObject(), "paper", ""), claims);
                }
            }
        }
        var tables = new JsonArray();
        byPaper.values().forEach(tables::add);
        return tables;
    }

    /** How often each verdict was reached. */
    public static Map<String, Integer> verdicts(JsonArray tables) {
        var counts = new TreeMap<String, Integer>();
        for (JsonElement table : tables) {
            for (JsonElement claim : Json.array(table.getAsJsonObject(), "claims")) {
                if (claim.isJsonObject()) {
                    counts.merge(Json.text(claim.getAsJsonObject(), "verdict", "no verdict"), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    static JsonObject json(Map<String, Integer> counts) {
        var json = new JsonObject();
        counts.forEach(json::addProperty);
        return json;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Writes the ledger into a folder in one step. */
    public void write(Path folder) throws NotebookException {
        var notebooks = new JsonArray();
        var all = new JsonArray();
        entries.values().forEach(entry -> {
            notebooks.add(entry);
            all.addAll(Json.array(entry, "claims"));
        });
        var json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.add("notebooks", notebooks);
        json.add("verdicts", json(verdicts(all)));
        AtomicFile.write(folder.resolve(FILE), JupyterJson.write(json));
    }
}
