package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Checks the shape of notebook JSON and brings it to nbformat 4.5. */
final class NotebookCheck {
    private static final Set<String> TYPES = Set.of("code", "markdown", "raw");

    private NotebookCheck() {}

    static void check(JsonObject json, String name) throws NotebookException {
        version(json, name);
        if (!json.has("cells") || !json.get("cells").isJsonArray()) {
            throw NotebookException.usage(name + " is not a notebook: it has no list of cells.");
        }
        for (String key : List.of("orig_nbformat", "orig_nbformat_minor", "signature")) {
            Json.ensureObject(json, "metadata").remove(key);
        }
        var ids = new HashSet<String>();
        JsonArray cells = json.getAsJsonArray("cells");
        for (int i = 0; i < cells.size(); i++) {
            cell(cells.get(i), i, name, ids);
        }
    }

    private static void version(JsonObject json, String name) throws NotebookException {
        int major = Json.integer(json, "nbformat", -1);
        if (major >= 1 && major <= 3) {
            throw NotebookException.usage(name + " is in the old format nbformat " + major
                    + "; convert it with: jupyter nbconvert --to notebook --inplace " + name);
        }
        if (major != 4) {
            throw NotebookException.usage(name + " has nbformat " + json.get("nbformat") + ", and 4 is needed.");
        }
        if (Json.integer(json, "nbformat_minor", 0) < 5) {
            json.addProperty("nbformat_minor", 5);
        }
    }

    private static void cell(JsonElement element, int index, String name, Set<String> ids) throws NotebookException {
        String where = name + ", cell " + (index + 1);
        if (!element.isJsonObject()) {
            throw NotebookException.usage(where + " is not a JSON object.");
        }
        JsonObject json = element.getAsJsonObject();
        String type = Json.text(json, "cell_type", "");
        if (!TYPES.contains(type)) {
            throw NotebookException.usage(
                    where + " has the cell_type \"" + type + "\", and code, markdown or raw is needed.");
        }
        if (!Json.isMultiline(json.get("source"))) {
            throw NotebookException.usage(where + " has no source that is text.");
        }
        Json.ensureObject(json, "metadata").remove("trusted");
        if (type.equals("code")) {
            outputs(json, where);
        }
        id(new Cell(json), index, where, ids);
    }

    private static void outputs(JsonObject cell, String where) throws NotebookException {
        cell.add("outputs", Json.array(cell, "outputs"));
        if (!cell.has("execution_count")) {
            cell.add("execution_count", JsonNull.INSTANCE);
        }
        for (JsonElement output : cell.getAsJsonArray("outputs")) {
            if (!output.isJsonObject() || !output.getAsJsonObject().has("output_type")) {
                throw NotebookException.usage(where + " has an output without an output_type.");
            }
        }
    }

    private static void id(Cell cell, int index, String where, Set<String> ids) throws NotebookException {
        JsonElement id = cell.json().get("id");
        if (id != null && !(Json.isText(id) && Cell.ID.matcher(id.getAsString()).matches())) {
            throw NotebookException.usage(
                    where + " has the id " + id + ", and 1 to 64 letters, digits, - or _ are needed.");
        }
        if (id == null || ids.contains(cell.id())) {
            cell.setId(freshId(index + "\n" + cell.source(), ids));
        }
        ids.add(cell.id());
    }

    /** An id of eight hex digits that depends on the seed text alone, unless it is taken. */
    static String freshId(String seed, Set<String> taken) {
        for (int attempt = 0; ; attempt++) {
            String id = sha256((attempt + "\n" + seed).getBytes(StandardCharsets.UTF_8))
                    .substring(0, 8);
            if (!taken.contains(id)) {
                return id;
            }
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
