package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.dist.Shell.Ended;

/** A bundle in parts is joined and runs a notebook where there is no Java and no environment. */
class BundleIT {
    private static final Path TOUCHSTONE = Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone");
    /** What join.sh and the start scripts call; the folder of a machine without Java. */
    private static final List<String> PROGRAMS =
            List.of("sh", "cat", "gzip", "mkdir", "readlink", "sed", "sha256sum", "tar", "uname");

    @TempDir
    static Path folder = Path.of("");

    @Test
    void partsJoinAndRunWithoutJavaOrEnvironment() throws Exception {
        Path parts = folder.resolve("parts");
        var bundle = List.of(TOUCHSTONE.toString(), "bundle", "--out", parts.toString(), "--part-size", "60m");
        Ended made = Shell.run(folder, Shell.environment(), 600, bundle);
        assertEquals(0, made.exitCode(), made.err());
        assertTrue(made.err().contains("0 public data sets are in the bundle"), made.err());
        assertTrue(Files.size(parts.resolve("touchstone.tar.gz.001")) == 60L * 1024 * 1024, "a whole part");

        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : PROGRAMS) {
            Path file = Files.exists(Path.of("/usr/bin", program)) ? Path.of("/usr/bin") : Path.of("/bin");
            Files.createSymbolicLink(programs.resolve(program), file.resolve(program));
        }
        Path home = Files.createDirectory(folder.resolve("home"));
        Map<String, String> bare = Map.of("PATH", programs.toString(), "HOME", home.toString());
        var join = List.of(
                "/bin/sh",
                parts.resolve("join.sh").toString(),
                folder.resolve("joined").toString());
        Ended joined = Shell.run(folder, bare, 300, join);
        assertEquals(0, joined.exitCode(), joined.err());

        Path unpacked = folder.toRealPath().resolve("joined/touchstone");
        Path notebook = unpacked.resolve("notebooks/00-start.ipynb");
        var run = List.of(unpacked.resolve("touchstone").toString(), "run", notebook.toString(), "--fast");
        Ended ran = Shell.run(folder, bare, 300, run);
        assertEquals(0, ran.exitCode(), ran.err());
        Ended doctor = Shell.run(
                folder, bare, 300, List.of(unpacked.resolve("touchstone").toString(), "doctor"));
        assertTrue(doctor.out().contains(unpacked.resolve("runtime").toString()), doctor.out() + doctor.err());
    }
}
