package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.dist.Shell.Ended;

/** The installed kernel starts every time. {@code -Dtouchstone.starts=100} asks for more starts than the usual ten. */
@Tag("slow")
class StartIT {
    private static final Path ROOT = Path.of(System.getProperty("touchstone.root"));
    private static final Path TOUCHSTONE = Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone");
    private static final int STARTS = Integer.getInteger("touchstone.starts", 10);

    @TempDir
    static Path folder = Path.of("");

    @Test
    void everyStartAnswersComputesAndEnds() throws Exception {
        Tool python = Tool.module("jupyter_client", "python3-jupyter-client").require();
        Path prefix = folder.resolve("prefix");
        Map<String, String> env = Tool.jupyter(prefix);
        Ended installed =
                Shell.run(folder, env, 180, List.of(TOUCHSTONE.toString(), "install", "--prefix", prefix.toString()));
        assertEquals(0, installed.exitCode(), installed.err());
        Ended ended = Shell.run(
                folder,
                env,
                60 + 10 * STARTS,
                python.with(ROOT + "/src/test/resources/jupyter/starts.py", String.valueOf(STARTS)));
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().startsWith(STARTS + " of " + STARTS + " starts;"), ended.out());
    }
}
