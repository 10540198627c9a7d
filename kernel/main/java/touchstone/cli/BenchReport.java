package touchstone.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was measured: the machine and rows, with ceilings and torch's speeds put into their rows. */
final class BenchReport {
    private final boolean cpuAlone;
    private final List<JsonObject> rows = new ArrayList<>();
    private JsonObject machine = new JsonObject();
    private JsonObject torch = new JsonObject();
    private String refused = "";

    BenchReport(boolean cpuAlone) {
        this.cpuAlone = cpuAlone;
    }

    /** Takes a line of the library; what to tell meanwhile, or nothing. */
    String add(JsonObject line) {
        switch (line.get("type").getAsString()) {
            case "machine" -> machine = line;
            case "row" -> rows.add(line);
            case "refused" -> refused = line.get("why").getAsString();
            case "ceilings" -> addSpeeds("ceiling", line.getAsJsonArray("speeds"));
            default -> throw new IllegalStateException("unknown line of the benchmark: " + line);
        }
        boolean row = line.has("operation");
        return row ? text(line, "operation") + ", " + text(line, "precision") + ", " + text(line, "size") : "";
    }

    private void addSpeeds(String name, JsonArray speeds) {
        for (JsonElement e : speeds) {
            JsonObject said = e.getAsJsonObject();
            rows.stream()
                    .filter(r -> r.get("key").equals(said.get("key")))
                    .forEach(r -> r.add(name, said.has("speed") ? said.get("speed") : said.get("note")));
        }
    }

    /** Takes torch's answers, the first of which names it. */
    void torch(List<JsonObject> answers) {
        torch = answers.isEmpty() ? torch : answers.get(0);
        var speeds = new JsonArray();
        answers.stream().skip(1).forEach(speeds::add);
        addSpeeds("torchSpeed", speeds);
        for (JsonObject row : rows) {
            OptionalDouble ours = speed(row, ours());
            OptionalDouble theirs = number(row, "torchSpeed");
            if (ours.isPresent() && theirs.isPresent()) {
                row.addProperty("ratio", ours.getAsDouble() / theirs.getAsDouble());
            }
        }
    }

    void noTorch(String why) {
        torch.addProperty("absent", why);
    }

    /** The column that torch is compared with. */
    String ours() {
        return cpuAlone ? "cpu" : "gpu";
    }

    Optional<String> refusal() {
        return Optional.of(refused).filter(s -> !s.isEmpty());
    }

    List<JsonObject> rows() {
        return List.copyOf(rows);
    }

    JsonObject machine() {
        return machine;
    }

    JsonObject torch() {
        return torch;
    }

    boolean wrong() {
        return rows.stream()
                .anyMatch(r ->
                        verdict(r, "cpu").equals("WRONG") || verdict(r, "gpu").equals("WRONG"));
    }

    JsonObject json() {
        var all = new JsonObject();
        all.add("machine", machine);
        all.add("torch", torch);
        var list = new JsonArray();
        rows.forEach(list::add);
        all.add("rows", list);
        Map.of("version", Main.version()).forEach(all::addProperty);
        return all;
    }

    static String text(JsonObject row, String name) {
        return row.has(name) ? row.get(name).getAsString() : "";
    }

    /** A number of a row; none where it is not there or is text. */
    static OptionalDouble number(JsonObject row, String name) {
        boolean there = row.has(name) && row.get(name).getAsJsonPrimitive().isNumber();
        return there ? OptionalDouble.of(row.get(name).getAsDouble()) : OptionalDouble.empty();
    }

    /** OK, WRONG, FAILED, SKIPPED, or empty where a machine does not have the operation. */
    static String verdict(JsonObject row, String machine) {
        return row.has(machine) ? text(row.getAsJsonObject(machine), "verdict") : "";
    }

    /** The speed that a machine reached. */
    static OptionalDouble speed(JsonObject row, String machine) {
        return verdict(row, machine).equals("OK")
                ? number(row.getAsJsonObject(machine), "speed")
                : OptionalDouble.empty();
    }
}
