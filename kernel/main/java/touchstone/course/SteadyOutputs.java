package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import touchstone.notebook.Cell;
import touchstone.notebook.Json;

/** Takes from a graded notebook what differs from run to run though the code is the same: times, places of files, hash codes of objects. */
final class SteadyOutputs {
    private static final Pattern CUT = Pattern.compile("(is cut here, after [^;\\]]*); all of it is in [^\\]]*]");
    private static final Pattern IDENTITY = Pattern.compile("([\\w.$\\[;]+)@[0-9a-f]{4,8}\\s*");
    private static final String TEXT = "text/plain";

    private SteadyOutputs() {}

    /** Settles a cell's outputs in place. */
    static void settle(Cell cell) {
        cell.metadata().remove("execution");
        if (!cell.isCode()) {
            return;
        }
        for (JsonElement each : cell.outputs()) {
            settle(each.getAsJsonObject());
        }
    }

    private static void settle(JsonObject output) {
        switch (Json.text(output, "output_type", "")) {
            case "stream" ->
                replace(output, "text", CUT.matcher(joined(output.get("text"))).replaceAll("$1]"));
            case "error" -> {
                if (Json.text(output, "ename", "").equals("DeadKernelError")) {
                    var lines = new JsonArray();
                    lines.add(Json.text(output, "evalue", ""));
                    output.add("traceback", lines); // without the JVM's last words
                }
            }
            default -> {
                JsonObject data = Json.object(output, "data");
                var named = IDENTITY.matcher(joined(data.get(TEXT)));
                if (named.matches()) {
                    replace(data, TEXT, named.group(1));
                }
            }
        }
    }

    private static String joined(JsonElement text) {
        if (text == null) {
            return "";
        }
        if (!text.isJsonArray()) {
            return text.getAsString();
        }
        var all = new StringBuilder();
        text.getAsJsonArray().forEach(line -> all.append(line.getAsString()));
        return all.toString();
    }

    /** As notebooks hold it: an array of lines. */
    private static void replace(JsonObject object, String key, String text) {
        var lines = new JsonArray();
        List.of(text.split("(?<=\n)", -1)).stream()
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        object.add(key, lines);
    }
}
