package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.dist.Shell.Ended;

/** Every notebook that is committed runs from top to bottom in its short form, and is committed as it should be. */
class NotebooksIT {
    private static final Path ROOT = Path.of(System.getProperty("touchstone.root"));
    private static final Path TOUCHSTONE = Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone");

    private static final String COURSE = Path.of("notebooks", "course").toString();

    @TempDir
    static Path folder = Path.of("");

    static List<String> notebooks() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("notebooks"))) {
            return files.map(file -> ROOT.relativize(file).toString())
                    .filter(name -> name.endsWith(".ipynb") && !name.contains(".ipynb_checkpoints"))
                    .filter(name -> !name.startsWith(COURSE) || name.startsWith(COURSE + "/source"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonObject read(Path notebook) {
        try {
            return JsonParser.parseString(Files.readString(notebook)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The experiments: all but the assignments of the course, which {@link CourseIT} grades. */
    static List<String> experiments() throws IOException {
        return notebooks().stream().filter(name -> !name.startsWith(COURSE)).toList();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    @Execution(ExecutionMode.CONCURRENT)
    void runsInItsShortForm(String name) throws Exception {
        Path out = Files.createDirectories(folder.resolve(name.replace('/', '-')));
        List<String> command =
                List.of(TOUCHSTONE.toString(), "run", ROOT.resolve(name).toString(), "--fast", "--out", out.toString());
        var environment = Shell.environment();
        environment.put(
                "TOUCHSTONE_JAVA_OPTS", "-XX:TieredStopAtLevel=1"); // short runs end before optimising them pays
        Ended ended = Shell.run(out, environment, 300, command);
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.err().contains("1 notebook, 0 failed"), ended.err());
        assertFalse(ended.err().contains(" 0 claims"), ended.err());
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void isCommittedWithoutOutputsAndWithIds(String name) {
        JsonObject notebook = read(ROOT.resolve(name));
        assertEquals(4, notebook.get("nbformat").getAsInt());
        assertEquals(5, notebook.get("nbformat_minor").getAsInt());
        assertEquals(
                "java",
                notebook.getAsJsonObject("metadata")
                        .getAsJsonObject("kernelspec")
                        .get("name")
                        .getAsString());
        Set<String> ids = new HashSet<>();
        boolean parameters = false;
        for (JsonElement element : notebook.getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            assertTrue(ids.add(cell.get("id").getAsString()), "cell id twice: " + cell.get("id"));
            if (cell.get("cell_type").getAsString().equals("code")) {
                assertEquals(0, cell.getAsJsonArray("outputs").size(), "outputs of cell " + cell.get("id"));
                assertTrue(cell.get("execution_count").isJsonNull());
            }
            parameters |= cell.getAsJsonObject("metadata").toString().contains("\"parameters\"");
        }
        assertTrue(parameters || name.startsWith(COURSE), "a cell must be tagged parameters");
    }
}
