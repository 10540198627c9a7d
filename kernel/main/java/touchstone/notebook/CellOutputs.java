package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import touchstone.kernel.protocol.Message;

/**
 * Turns what a kernel publishes while a cell runs into the cell's outputs, as nbclient does: streams of the same name
 * join, what a carriage return overwrote goes, {@code clear_output} empties (with {@code wait}: before the next output), a display id is updated wherever it
 * was shown. Times go to {@code metadata.execution}.
 */
final class CellOutputs {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private final Cell cell;
    private final Map<String, List<JsonObject>> displays;
    private final StringBuilder stream = new StringBuilder();
    private boolean clearFirst;

    /**
     * @param displays outputs by display id, shared by all cells of a notebook
     */
    CellOutputs(Cell cell, Map<String, List<JsonObject>> displays) {
        this.cell = cell;
        this.displays = displays;
    }

    void accept(Message message) {
        JsonObject content = message.content();
        JsonElement count = content.get("execution_count");
        if (Json.isNumber(count)) {
            cell.json().add("execution_count", count);
        }
        switch (message.type()) {
            case "status" -> status(content, message);
            case "execute_input" -> time("iopub.execute_input", Json.text(message.header(), "date", ""));
            case "stream" -> stream(Json.text(content, "name", "stdout"), Json.joined(content.get("text")));
            case "display_data" -> add(bundle("display_data", content), content);
            case "execute_result" -> add(result(content), content);
            case "update_display_data" -> update(content);
            case "error" -> add(error(content), content);
            case "clear_output" -> clear(Json.flag(content, "wait"));
            default -> {
                return; // comms and whatever else is not for a file
            }
        }
    }

    private void status(JsonObject content, Message message) {
        String state = Json.text(content, "execution_state", "");
        if (state.equals("busy") || state.equals("idle")) {
            time("iopub.status." + state, Json.text(message.header(), "date", ""));
        }
    }

    /** Notes the time of a message, or the present when it bears none. */
    void time(String key, String date) {
        Instant instant;
        try {
            instant =
                    date.isEmpty() ? Instant.now() : OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeParseException e) {
            instant = Instant.now();
        }
        Json.ensureObject(cell.metadata(), "execution").addProperty(key, TIME.format(instant.atOffset(ZoneOffset.UTC)));
    }

    /** Adds an error that the kernel could not tell of itself. */
    void addError(String name, String value, JsonArray traceback) {
        var content = new JsonObject();
        content.addProperty("ename", name);
        content.addProperty("evalue", value);
        content.add("traceback", traceback);
        add(error(content), content);
    }

    private void stream(String name, String text) {
        clearIfDue();
        JsonArray outputs = cell.outputs();
        JsonObject last = outputs.isEmpty()
                ? new JsonObject()
                : outputs.get(outputs.size() - 1).getAsJsonObject();
        if (Json.text(last, "output_type", "").equals("stream")
                && Json.text(last, "name", "").equals(name)) {
            if (stream.isEmpty()) {
                stream.append(Json.joined(last.get("text")));
            }
            stream.append(text);
            return;
        }
        flush();
        var output = new JsonObject();
        output.addProperty("output_type", "stream");
        output.addProperty("name", name);
        output.addProperty("text", text);
        outputs.add(output);
        stream.append(text);
    }

    /** Puts text gathered so far into the cell; call before the cell is written. */
    void flush() {
        JsonArray outputs = cell.outputs();
        if (!stream.isEmpty() && !outputs.isEmpty()) {
            outputs.get(outputs.size() - 1)
                    .getAsJsonObject()
                    .addProperty("text", Overwriting.result(stream.toString()));
        }
        stream.setLength(0);
    }

    private void add(JsonObject output, JsonObject content) {
        clearIfDue();
        flush();
        String id = Json.text(Json.object(content, "transient"), "display_id", "");
        if (!id.isEmpty()) {
            update(content);
            displays.computeIfAbsent(id, any -> new ArrayList<>()).add(output);
        }
        cell.outputs().add(output);
    }

    private void update(JsonObject content) {
        String id = Json.text(Json.object(content, "transient"), "display_id", "");
        for (JsonObject output : displays.getOrDefault(id, List.of())) {
            output.add("data", Json.object(content, "data").deepCopy());
            output.add("metadata", Json.object(content, "metadata").deepCopy());
        }
    }

    private void clear(boolean wait) {
        clearFirst = true;
        if (!wait) {
            clearIfDue();
        }
    }

    private void clearIfDue() {
        if (clearFirst) {
            clearFirst = false;
            stream.setLength(0);
            cell.json().add("outputs", new JsonArray());
        }
    }

    private static JsonObject bundle(String type, JsonObject content) {
        var output = new JsonObject();
        output.addProperty("output_type", type);
        output.add("data", Json.object(content, "data"));
        output.add("metadata", Json.object(content, "metadata"));
        return output;
    }

    private static JsonObject result(JsonObject content) {
        JsonObject output = bundle("execute_result", content);
        JsonElement count = content.get("execution_count");
        output.add("execution_count", Json.isNumber(count) ? count : JsonNull.INSTANCE);
        return output;
    }

    private static JsonObject error(JsonObject content) {
        var output = new JsonObject();
        output.addProperty("output_type", "error");
        output.addProperty("ename", Json.text(content, "ename", "Error"));
        output.addProperty("evalue", Json.text(content, "evalue", ""));
        output.add("traceback", Json.array(content, "traceback"));
        return output;
    }
}
