package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import touchstone.dist.Shell.Ended;

/**
 * What a user sees and does in Jupyter Notebook and in JupyterLab, in a real browser. The steps are in {@code test/browser}; pictures of
 * the pages go to {@code target/browser}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private static final Path ROOT = Path.of(System.getProperty("touchstone.root"));
    private static final Path TOUCHSTONE = Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone");
    private static final Path PICTURES = ROOT.resolve("src/target/browser");
    private static final Path SCRIPTS = PICTURES.resolve("scripts");
    private static final Path LAB = SCRIPTS.resolve("lab");
    private static final String NOT_FAST = "boolean fast = false;";

    @TempDir
    static Path folder = Path.of("");

    private Tool node = Tool.node();
    private @Nullable NotebookServer server;

    @BeforeAll
    void open() throws Exception {
        Tool notebook = Tool.module("notebook", "jupyter-notebook").require();
        Tool.chromium().require();
        node = Tool.node().require();
        fetch("", SCRIPTS, List.of("page.mjs", "notebook.mjs", "lab.mjs"));
        fetch("lab", LAB, List.of("main.js", "index.html"));
        Path prefix = folder.resolve("prefix");
        Map<String, String> env = Tool.jupyter(prefix);
        Ended installed =
                Shell.run(folder, env, 180, List.of(TOUCHSTONE.toString(), "install", "--prefix", prefix.toString()));
        assertEquals(0, installed.exitCode(), installed.err());
        Path home = Files.createDirectory(folder.resolve("home"));
        server = NotebookServer.start(notebooks(), LAB.resolve("out"), home, notebook, env);
    }

    @AfterAll
    void close() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theTourRunsAndItsChartsAndTablesAreSeen() throws Exception {
        assertDriven("tour", "tour.ipynb");
    }

    @Test
    void progressErrorsCompletionInspectionAndInterruption() throws Exception {
        assertDriven("keys", "keys.ipynb");
    }

    @Test
    void jupyterLabShowsAndDoesTheSame() throws Exception {
        bundle();
        assertScriptPasses("lab.mjs", server.address(), "lab.ipynb", PICTURES.toString());
    }

    private void assertDriven(String what, String notebook) throws Exception {
        assertScriptPasses("notebook.mjs", what, server.address(), notebook, PICTURES.toString());
    }

    private void assertScriptPasses(String... scriptAndArguments) throws Exception {
        Map<String, String> env = new TreeMap<>(Shell.environment());
        env.put("JUPYTER_TOKEN", server.token());
        Ended ended = Shell.run(SCRIPTS, env, 180, node.with(scriptAndArguments));
        assertEquals(0, ended.exitCode(), ended.err());
    }

    /** Files of a folder of scripts, with the packages that its lock file names. */
    private static void fetch(String from, Path into, List<String> files) throws Exception {
        Files.createDirectories(into);
        var all = new ArrayList<>(files);
        all.addAll(List.of("package.json", "package-lock.json"));
        for (String name : all) {
            Files.copy(
                    ROOT.resolve("src/test/browser").resolve(from).resolve(name),
                    into.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Ended ended = Shell.run(
                into,
                Shell.environment(),
                300,
                Tool.npm().require().with("ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"));
        assertEquals(0, ended.exitCode(), ended.err());
    }

    /** The page with JupyterLab's notebook, as one file. */
    private void bundle() throws Exception {
        var command = node.with("node_modules/esbuild/bin/esbuild", "main.js", "--bundle", "--format=esm");
        command.addAll(List.of("--outdir=out", "--loader:.svg=dataurl"));
        Ended ended = Shell.run(LAB, Shell.environment(), 120, command);
        assertEquals(0, ended.exitCode(), ended.err());
        Files.copy(LAB.resolve("index.html"), LAB.resolve("out/index.html"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The tour, made quick, and a notebook of small cells. */
    private static Path notebooks() throws IOException {
        Path into = Files.createDirectory(folder.resolve("notebooks"));
        String tour = Files.readString(ROOT.resolve("notebooks/00-start.ipynb"));
        assertTrue(tour.contains(NOT_FAST), "the tour has the parameter fast");
        Files.writeString(into.resolve("tour.ipynb"), tour.replace(NOT_FAST, "boolean fast = true;"));
        for (String name : List.of("keys.ipynb", "lab.ipynb")) {
            Files.copy(ROOT.resolve("src/test/browser").resolve(name), into.resolve(name));
        }
        return into;
    }
}
