package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.dist.Shell.Ended;

/** The distribution documents its libraries offline: {@code %doc} shows what their authors wrote, in three formats. */
class InspectionIT {
    private static final Path TOUCHSTONE = Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone");

    /** A member of each library, and words of its comment. */
    private static final Map<String, List<String>> MEMBERS = new LinkedHashMap<>(Map.of(
            "org.nd4j.linalg.api.ndarray.INDArray.mmul",
            List.of("Perform a copy matrix multiplication", "the other matrix to perform matrix multiply with"),
            "org.nd4j.linalg.factory.Nd4j.linspace",
            List.of("Generate a linearly spaced vector"),
            "org.nd4j.common.util.ArrayUtil.prod",
            List.of("Product of an int array"),
            "tech.tablesaw.api.Table.summary",
            List.of("Returns a table containing summary statistics for the columns in this Relation"),
            "org.knowm.xchart.XYChart.addSeries",
            List.of("Add a series for a X-Y type chart", "the X-Axis data"),
            "org.apache.commons.math3.distribution.NormalDistribution.getStandardDeviation",
            List.of("Access the standard deviation."),
            "touchstone.metrics.Auroc.of",
            List.of("AUROC with out-of-distribution as the positive class."),
            "Progress.over",
            List.of("The items, with a bar"),
            "markdown",
            List.of("Shows Markdown.")));

    @TempDir
    Path folder = Path.of("");

    @Test
    void aMemberOfEachLibraryIsDocumented() throws Exception {
        Path notebook = folder.resolve("doc.ipynb");
        List<String> names = List.copyOf(MEMBERS.keySet());
        Files.writeString(notebook, notebook(names));
        Path out = folder.resolve("out");
        Ended ended = Shell.run(
                folder,
                Shell.environment(),
                180,
                List.of(TOUCHSTONE.toString(), "run", notebook.toString(), "--out", out.toString()));
        assertEquals(0, ended.exitCode(), ended.err());
        JsonArray cells = JsonParser.parseString(Files.readString(out.resolve("doc.ipynb")))
                .getAsJsonObject()
                .getAsJsonArray("cells");
        for (int i = 0; i < names.size(); i++) {
            JsonObject data = cells.get(i)
                    .getAsJsonObject()
                    .getAsJsonArray("outputs")
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonObject("data");
            for (String format : List.of("text/plain", "text/markdown", "text/html")) {
                String shown = joined(data.get(format)).replaceAll("\\s+", " "); // text is in lines
                for (String words : MEMBERS.get(names.get(i))) {
                    assertTrue(
                            shown.contains(words),
                            names.get(i) + " as " + format + " lacks \"" + words + "\": " + shown);
                }
            }
        }
    }

    private static String notebook(List<String> names) {
        var cells = new JsonArray();
        for (String name : names) {
            var cell = new JsonObject();
            cell.addProperty("cell_type", "code");
            cell.addProperty("id", "c" + cells.size());
            cell.add("metadata", new JsonObject());
            cell.add("execution_count", com.google.gson.JsonNull.INSTANCE);
            cell.add("outputs", new JsonArray());
            cell.addProperty("source", "%doc " + name);
            cells.add(cell);
        }
        JsonObject notebook = JsonParser.parseString(
                        "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {\"kernelspec\":"
                                + " {\"name\": \"java\", \"display_name\": \"Java\", \"language\": \"java\"}}}")
                .getAsJsonObject();
        notebook.add("cells", cells);
        return notebook.toString();
    }

    /** Notebook files hold a text whole or as a list of lines. */
    private static String joined(JsonElement text) throws IOException {
        if (text == null) {
            throw new IOException("the format is missing");
        }
        if (!text.isJsonArray()) {
            return text.getAsString();
        }
        var whole = new StringBuilder();
        text.getAsJsonArray().forEach(line -> whole.append(line.getAsString()));
        return whole.toString();
    }
}
