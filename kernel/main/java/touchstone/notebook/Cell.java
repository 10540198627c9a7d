package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** One cell of a notebook: a view of its JSON, so that fields unknown to us survive. */
public final class Cell {
    static final Pattern ID = Pattern.compile("[a-zA-Z0-9-_]{1,64}");

    private final JsonObject json;

    Cell(JsonObject json) {
        this.json = json;
    }

    /** A code cell without outputs. */
    public static Cell code(String id, String source) {
        var json = new JsonObject();
        json.addProperty("cell_type", "code");
        json.addProperty("id", id);
        json.add("metadata", new JsonObject());
        json.addProperty("source", source);
        var cell = new Cell(json);
        cell.clear();
        return cell;
    }

    /** A Markdown cell. */
    public static Cell markdown(String id, String source) {
        Cell cell = code(id, source);
        cell.json.addProperty("cell_type", "markdown");
        cell.json.remove("outputs");
        cell.json.remove("execution_count");
        return cell;
    }

    /** The cell's JSON; live, not a copy. */
    public JsonObject json() {
        return json;
    }

    public String id() {
        return Json.text(json, "id", "");
    }

    void setId(String id) {
        json.addProperty("id", id);
    }

    /** {@code code}, {@code markdown} or {@code raw}. */
    public String type() {
        return Json.text(json, "cell_type", "");
    }

    public boolean isCode() {
        return type().equals("code");
    }

    public String source() {
        return Json.joined(json.get("source"));
    }

    public void setSource(String source) {
        json.addProperty("source", source);
    }

    /** The cell's metadata; live, not a copy. */
    public JsonObject metadata() {
        return Json.ensureObject(json, "metadata");
    }

    public Set<String> tags() {
        var tags = new LinkedHashSet<String>();
        for (JsonElement tag : Json.array(metadata(), "tags")) {
            if (Json.isText(tag)) {
                tags.add(tag.getAsString());
            }
        }
        return tags;
    }

    public boolean hasTag(String tag) {
        return metadata().has("tags") && tags().contains(tag);
    }

    void addTag(String tag) {
        JsonArray tags = Json.array(metadata(), "tags");
        if (!tags.contains(new JsonPrimitive(tag))) {
            tags.add(tag);
        }
        metadata().add("tags", tags);
    }

    /** The outputs of a code cell; live, not a copy; empty for other cells. */
    public JsonArray outputs() {
        JsonArray outputs = Json.array(json, "outputs");
        if (isCode()) {
            json.add("outputs", outputs);
        }
        return outputs;
    }

    /** The execution count, or -1 when the cell has not run. */
    public int executionCount() {
        return Json.integer(json, "execution_count", -1);
    }

    void setExecutionCount(int count) {
        json.addProperty("execution_count", count);
    }

    /** Removes outputs and execution count; of {@code metadata.execution} only the user's settings stay. */
    void clear() {
        json.add("outputs", new JsonArray());
        json.add("execution_count", JsonNull.INSTANCE);
        JsonObject execution = Json.object(metadata(), "execution");
        execution.keySet().removeIf(key -> !key.equals("timeout") && !key.equals("allow_errors"));
        if (execution.isEmpty()) {
            metadata().remove("execution");
        }
    }

    /** True when the cell holds an output, a count or times of a run. */
    boolean hasRun() {
        JsonObject execution = Json.object(metadata(), "execution");
        return isCode()
                && (!outputs().isEmpty()
                        || executionCount() >= 0
                        || execution.has("iopub.status.busy")
                        || execution.has("shell.execute_reply"));
    }
}
