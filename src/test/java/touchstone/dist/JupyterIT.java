package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import touchstone.dist.Shell.Ended;

/** The installed kernel and the tour, as Jupyter's own programs and a browser see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JupyterIT {
    private static final Path ROOT = Path.of(System.getProperty("touchstone.root"));
    private static final Path TOUCHSTONE = Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone");
    private static final Path TOUR = ROOT.resolve("notebooks/00-start.ipynb");

    @TempDir
    static Path folder = Path.of("");

    private Map<String, String> env = Map.of();

    @BeforeAll
    void install() throws Exception {
        Path prefix = folder.resolve("prefix");
        env = Tool.jupyter(prefix);
        Ended ended =
                Shell.run(folder, env, 180, List.of(TOUCHSTONE.toString(), "install", "--prefix", prefix.toString()));
        assertEquals(0, ended.exitCode(), ended.err());
    }

    @Test
    void theProtocolsOwnSuitePasses() throws Exception {
        Tool python = Tool.module("jupyter_kernel_test", "python3-jupyter-kernel-test")
                .require();
        Ended ended =
                Shell.run(folder, env, 180, python.with(ROOT + "/src/test/resources/jupyter/kernel_suite.py", "-v"));
        assertEquals(0, ended.exitCode(), ended.err());
    }

    @Test
    void jupyterClientReachesTheKernelOverUnixDomainSockets() throws Exception {
        Tool python = Tool.module("jupyter_client", "jupyter-client").require();
        Ended ended = Shell.run(folder, env, 120, python.with(ROOT + "/src/test/resources/jupyter/ipc.py"));
        assertEquals(0, ended.exitCode(), ended.err());
        assertEquals(
                "1+1 is 2; interrupted; 4 MB arrived; restarted; files left: []",
                ended.out().strip());
    }

    @Test
    void nbconvertExecutesTheTour() throws Exception {
        Tool python = Tool.module("nbconvert", "jupyter-nbconvert").require();
        Path out = folder.resolve("by-nbconvert.ipynb");
        Ended ended = Shell.run(
                folder,
                env,
                240,
                python.with(
                        "-m",
                        "nbconvert",
                        "--to",
                        "notebook",
                        "--execute",
                        "--output",
                        out.toString(),
                        TOUR.toString()));
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(Files.readString(out).contains("application/vnd.touchstone.claims+json"));
    }

    @Test
    void theRunnersNotebookValidatesAndItsPageShowsTheCharts() throws Exception {
        Path out = folder.resolve("run");
        Ended run = Shell.run(
                folder,
                env,
                240,
                List.of(TOUCHSTONE.toString(), "run", TOUR.toString(), "--fast", "--html", "--out", out.toString()));
        assertEquals(0, run.exitCode(), run.err());
        Tool python = Tool.module("nbformat", "python3-nbformat").require();
        Ended valid = Shell.run(
                folder,
                env,
                60,
                python.with(
                        "-c",
                        "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=4))",
                        out.resolve("00-start.ipynb").toString()));
        assertEquals(0, valid.exitCode(), valid.err());
        assertTrue(colours(screenshot(out.resolve("00-start.html"))) > 200, "the page shows charts and images");
    }

    private Path screenshot(Path page) throws Exception {
        Path image = folder.resolve("page.png");
        Ended shot = Shell.run(
                folder,
                env,
                120,
                Tool.chromium()
                        .require()
                        .with(
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--window-size=1200,9000",
                                "--screenshot=" + image,
                                page.toUri().toString()));
        assertEquals(0, shot.exitCode(), shot.err());
        return image;
    }

    /** How many different colours a picture has: text on paper has a few dozen, charts and photographs many more. */
    private static int colours(Path file) throws Exception {
        BufferedImage image = ImageIO.read(file.toFile());
        Set<Integer> seen = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x += 2) {
                seen.add(image.getRGB(x, y));
            }
        }
        return seen.size();
    }
}
