package touchstone.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;
import touchstone.notebook.Cell;
import touchstone.notebook.FakeKernel;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/** Runs commands with captured streams, in a folder of their own, on the kernel for tests. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
abstract class CommandFixture {
    @TempDir
    Path folder = Path.of("");

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void useTheFakeKernel() {
        kernel("");
    }

    @AfterEach
    void useTheRealKernel() {
        System.clearProperty("touchstone.kernel.command");
    }

    static void kernel(String jvmOption) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        System.setProperty(
                "touchstone.kernel.command",
                java + " -XX:TieredStopAtLevel=1 " + jvmOption + " -cp " + System.getProperty("java.class.path") + " "
                        + FakeKernel.class.getName() + " {connection_file}");
    }

    int run(Object... arguments) {
        return execute(new RunCommand(), arguments);
    }

    int strip(Object... arguments) {
        return execute(new StripCommand(), arguments);
    }

    private int execute(Object command, Object... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        var words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Where results go. */
    Path results() {
        return folder.resolve("results");
    }

    Notebook result(String name) throws NotebookException {
        return Notebook.read(results().resolve(name));
    }

    static JsonObject output(Notebook notebook, int cell, int index) {
        return notebook.cells().get(cell).outputs().get(index).getAsJsonObject();
    }

    JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    /** A notebook with these code cells; a cell may begin with {@code #TAG,TAG} and a line end. */
    Path notebook(String name, String... cells) throws NotebookException {
        Notebook notebook = Notebook.empty();
        for (int i = 0; i < cells.length; i++) {
            String source = cells[i];
            Cell cell = Cell.code("c" + i, source);
            if (source.startsWith("#")) {
                int end = source.indexOf('\n');
                cell = Cell.code("c" + i, source.substring(end + 1));
                JsonObject metadata = cell.metadata();
                metadata.add("tags", JsonParser.parseString("[\"" + source.substring(1, end) + "\"]"));
            }
            notebook.cells().add(cell);
        }
        Path file = folder.resolve(name);
        notebook.write(file);
        return file;
    }
}
