package touchstone.dist;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A notebook of a course as its author wrote it, or as it was released. */
record Assignment(JsonObject json) {
    private static final Pattern HIDDEN = Pattern.compile(
            "(?ms)^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME)(.*?)^[^\n]*END (HIDDEN TESTS|MARK SCHEME)[^\n]*$");
    private static final Pattern SOLUTION =
            Pattern.compile("(?ms)^[^\n]*BEGIN SOLUTION(.*?)^[^\n]*END SOLUTION[^\n]*$");
    private static final int TELLING = 12;

    /** Reads a notebook. */
    static Assignment read(Path file) {
        try {
            return new Assignment(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<JsonObject> cells() {
        return json.getAsJsonArray("cells").asList().stream().map(JsonElement::getAsJsonObject);
    }

    private static String source(JsonObject cell) {
        JsonElement source = cell.get("source");
        return source.isJsonArray()
                ? source.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(Collectors.joining())
                : source.getAsString();
    }

    private static JsonObject marks(JsonObject cell) {
        JsonObject marks = cell.getAsJsonObject("metadata").getAsJsonObject("nbgrader");
        return marks == null ? new JsonObject() : marks;
    }

    private static boolean marked(JsonObject cell, String flag) {
        JsonElement value = marks(cell).get(flag);
        return value != null && value.getAsBoolean();
    }

    private static String id(JsonObject cell) {
        JsonElement id = marks(cell).get("grade_id");
        return id == null ? "" : id.getAsString();
    }

    /** Points of each cell that is graded by running it. */
    Map<String, Double> tests() {
        var tests = new TreeMap<String, Double>();
        cells().filter(cell -> marked(cell, "grade") && !marked(cell, "solution"))
                .forEach(cell -> tests.put(id(cell), marks(cell).get("points").getAsDouble()));
        return tests;
    }

    /** What stands in each cell that students write in. */
    Map<String, String> solutions() {
        var solutions = new LinkedHashMap<String, String>();
        cells().filter(cell -> marked(cell, "solution")).forEach(cell -> solutions.put(id(cell), source(cell)));
        return solutions;
    }

    /** The notebook with other answers. */
    String with(Map<String, String> answers) {
        JsonObject copy = json.deepCopy();
        new Assignment(copy)
                .cells()
                .filter(cell -> answers.containsKey(id(cell)))
                .forEach(cell -> cell.addProperty("source", answers.get(id(cell))));
        return copy.toString();
    }

    /** All sources, one after the other. */
    String text() {
        return cells().map(Assignment::source).collect(Collectors.joining("\n"));
    }

    /** Lines of hidden tests and mark schemes, those that stand nowhere else and are long enough to tell. */
    List<String> hiddenLines() {
        return lines(HIDDEN);
    }

    /** Lines of solutions, those that stand nowhere else and are long enough to tell. */
    List<String> solutionLines() {
        return lines(SOLUTION);
    }

    private List<String> lines(Pattern regions) {
        String elsewhere = regions.matcher(text()).replaceAll("");
        return cells().flatMap(cell -> regions.matcher(source(cell)).results())
                .flatMap(region -> region.group().lines())
                .map(String::strip)
                .filter(line -> line.length() >= TELLING && !elsewhere.contains(line))
                .toList();
    }
}
