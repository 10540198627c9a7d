package touchstone.unlearn.tofu;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One set of questions in a log: each field maps a question's number to a value, or lists the values. */
final class LogSection {
    private final String source;
    private final TofuSet set;
    private final JsonObject fields;

    LogSection(JsonObject log, String source, TofuSet set) {
        this.source = source;
        this.set = set;
        JsonElement found = log.get(set.key());
        if (found == null) {
            throw new IllegalArgumentException(
                    source + " has no field \"" + set.key() + "\"; a log of TOFU has it beside " + log.keySet());
        }
        if (!found.isJsonObject()) {
            throw bad("\"" + set.key() + "\" must be an object of fields");
        }
        this.fields = found.getAsJsonObject();
    }

    TofuAnswers answers() {
        Map<String, JsonElement> first = field("avg_gt_loss");
        if (first.isEmpty()) {
            throw bad("\"" + set.key() + "\" has no question");
        }
        List<String> questions = List.copyOf(first.keySet());
        return new TofuAnswers(
                set,
                numbers("avg_gt_loss", questions),
                numbers("avg_paraphrased_loss", questions),
                rows("average_perturb_loss", questions),
                numbers("rougeL_recall", questions));
    }

    private double[] numbers(String name, List<String> questions) {
        Map<String, JsonElement> values = field(name);
        return questions.stream()
                .mapToDouble(q -> number(value(values, name, q), name, q))
                .toArray();
    }

    private double[][] rows(String name, List<String> questions) {
        Map<String, JsonElement> values = field(name);
        var rows = new ArrayList<double[]>();
        for (String q : questions) {
            JsonElement row = value(values, name, q);
            if (!row.isJsonArray() || row.getAsJsonArray().isEmpty()) {
                throw bad(where(name, q) + " must be a list of losses, was " + row);
            }
            rows.add(row.getAsJsonArray().asList().stream()
                    .mapToDouble(e -> number(e, name, q))
                    .toArray());
        }
        return rows.toArray(double[][]::new);
    }

    private Map<String, JsonElement> field(String name) {
        JsonElement found = fields.get(name);
        if (found == null) {
            throw bad("\"" + set.key() + "\" has no field \"" + name + "\"");
        }
        if (found.isJsonArray()) {
            return numbered(found.getAsJsonArray());
        }
        if (!found.isJsonObject()) {
            throw bad("\"" + set.key() + "\".\"" + name + "\" must map questions to values");
        }
        return found.getAsJsonObject().asMap();
    }

    private static Map<String, JsonElement> numbered(JsonArray list) {
        var map = new LinkedHashMap<String, JsonElement>();
        for (int i = 0; i < list.size(); i++) {
            map.put(Integer.toString(i), list.get(i));
        }
        return map;
    }

    private JsonElement value(Map<String, JsonElement> values, String name, String question) {
        JsonElement found = values.get(question);
        if (found == null) {
            throw bad("\"" + set.key() + "\".\"" + name + "\" has no question " + question + ", which avg_gt_loss has");
        }
        return found;
    }

    private double number(JsonElement e, String name, String question) {
        if (e.isJsonPrimitive() && e.getAsJsonPrimitive().isNumber() && Double.isFinite(e.getAsDouble())) {
            return e.getAsDouble();
        }
        throw bad(where(name, question) + " must be a finite number, was " + e);
    }

    private String where(String name, String question) {
        return "\"" + set.key() + "\".\"" + name + "\" of question " + question;
    }

    private IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(source + ": " + what);
    }
}
