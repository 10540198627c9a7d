package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.kernel.WireClient.content;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.javadoc.SampleJar;

/** Inspection of a jar that {@code %jars} added and beside which its sources lie. */
class InspectionKernelTest {
    @TempDir
    Path folder;

    private static JsonObject inspect(WireClient kernel, String code, int cursor) {
        return kernel.request("inspect_request", content("code", code, "cursor_pos", cursor, "detail_level", 0))
                .content()
                .getAsJsonObject("data");
    }

    @Test
    void commentsOfAnAddedJarAreShownInThreeFormats() throws Exception {
        Path jar = SampleJar.write(folder, folder.resolve("lib"));
        try (var kernel = new WireClient(folder, Map.of())) {
            assertEquals("ok", kernel.execute("%jars " + jar).status());
            assertEquals("ok", kernel.execute("import sample.*;").status());
            JsonObject data = inspect(kernel, "Box.count(\"a\", \"b\")", 6);
            assertEquals(
                    "void Box.count(String... many)\n\n    Counts texts.\n\nOther overloads:\n\nvoid Box.count(int many)",
                    data.get("text/plain").getAsString());
            assertEquals(
                    "```java\nvoid Box.count(String... many)\n```\n\nCounts texts.\n\n**Other overloads**\n\n"
                            + "```java\nvoid Box.count(int many)\n```",
                    data.get("text/markdown").getAsString());
            assertEquals(
                    "<pre><code>void Box.count(String... many)</code></pre>\n<div>Counts texts.</div>\n"
                            + "<p><b>Other overloads</b></p>\n<pre><code>void Box.count(int many)</code></pre>\n",
                    data.get("text/html").getAsString());
            String constant = "import sample.*;\nShape.Kind.CIRCLE";
            assertEquals(
                    "Shape.Kind.CIRCLE\n\n    All round.",
                    inspect(kernel, constant, constant.length())
                            .get("text/plain")
                            .getAsString());
            String doc = kernel.execute("%doc Box.scaled").published().toString();
            assertTrue(doc.contains("Scales the box. Scales the shape."), doc);
        }
    }

    @Test
    void aTypeThatWaitsForItsImportIsKnown() throws Exception {
        try (var kernel = new WireClient(folder, Map.of())) {
            String found =
                    inspect(kernel, "Progress.over", 13).get("text/plain").getAsString();
            assertTrue(found.startsWith("<T> Iterable<T> Progress.over(Iterable<T>"), found);
        }
    }
}
