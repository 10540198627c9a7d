package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.regex.Pattern;
import touchstone.notebook.Cell;
import touchstone.notebook.Json;

/** Takes from a graded notebook what differs from run to run though the code is the same: times, places of files, hash codes of objects. */
final class SteadyOutputs {
    private static final Pattern CUT = Pattern.compile("(is cut here, after [^;\\]]*); all of it is in [^\\]]*]");
    /** What became of the file of an output that was cut, which is not kept: it hangs on how fast the cell printed. */
    private static final Pattern FILE =
            Pattern.compile("\\n\\[\\S*touchstone-output-\\d+\\S* (is full, at|cannot be written) [^\\]]*]\\n");

    private static final Pattern IDENTITY = Pattern.compile("(?m)^([\\w.$\\[;]+)@[0-9a-f]{1,8}$");
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
            case "stream" -> {
                String text = CUT.matcher(Json.joined(output.get("text"))).replaceAll("$1]");
                output.addProperty("text", FILE.matcher(text).replaceAll(""));
            }
            case "error" -> {
                if (Json.text(output, "ename", "").equals("DeadKernelError")) {
                    var lines = new JsonArray();
                    lines.add(Json.text(output, "evalue", ""));
                    output.add("traceback", lines); // without the JVM's last words
                }
            }
            default -> {
                JsonObject data = Json.object(output, "data");
                if (data.has(TEXT)) {
                    String text = Json.joined(data.get(TEXT));
                    data.addProperty(TEXT, IDENTITY.matcher(text).replaceAll("$1"));
                }
            }
        }
    }
}
