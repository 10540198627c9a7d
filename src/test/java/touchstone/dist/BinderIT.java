package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.dist.Shell.Ended;

/** Binder's files do what Binder does with them, in a copy of this checkout and a scratch Python prefix. */
class BinderIT {
    private static final Path ROOT = Path.of(System.getProperty("touchstone.root"));
    private static final Set<String> NOT_COPIED = Set.of("target", ".git", "node_modules", ".ipynb_checkpoints");

    @TempDir
    Path temp = Path.of("");

    @Test
    void postBuildInstallsTheKernelAndRunsTheTour() throws Exception {
        boolean tour = Files.exists(ROOT.resolve("notebooks/00-start.ipynb"));
        if (System.getenv("TOUCHSTONE_REQUIRE_ALL") == null) {
            assumeTrue(tour, "this checkout has no notebooks/00-start.ipynb to run");
        }
        Path checkout = temp.toRealPath().resolve("a checkout");
        copy(ROOT, checkout);
        Path prefix = temp.toRealPath().resolve("prefix");
        Ended ended = Shell.run(checkout, environment(prefix), 240, List.of("binder/postBuild"));
        assertEquals(0, ended.exitCode(), ended.out() + ended.err());
        assertFalse(ended.err().contains("there is no class-data archive"), ended.err());

        Path spec = prefix.resolve("share/jupyter/kernels/java/kernel.json");
        String program = JsonParser.parseString(Files.readString(spec))
                .getAsJsonObject()
                .getAsJsonArray("argv")
                .get(0)
                .getAsString();
        assertEquals(checkout + "/target/touchstone/bin/touchstone-kernel", program);
        assertTrue(Files.isExecutable(Path.of(program)));
    }

    @Test
    void startHandsOverWithKernelsKeptSmall() throws Exception {
        var command = List.of(
                ROOT + "/binder/start",
                "sh",
                "-c",
                "echo \"$0 $1\"; echo \"$TOUCHSTONE_JAVA_OPTS\"; echo $OMP_NUM_THREADS",
                "a b",
                "c");
        Ended ended = Shell.run(temp, Shell.environment(), 20, command);
        assertEquals(0, ended.exitCode(), ended.err());
        List<String> lines = ended.out().lines().toList();
        assertEquals("a b c", lines.get(0));
        assertTrue(lines.get(1).startsWith("-Xmx768m "), lines.get(1));
        assertEquals("1", lines.get(2));
    }

    /** A python3 whose prefix is a scratch folder comes first on PATH. */
    private Map<String, String> environment(Path prefix) throws IOException {
        Path python = Files.createDirectories(prefix.resolve("bin")).resolve("python3");
        Files.writeString(python, "#!/bin/sh\necho '" + prefix + "'\n");
        assertTrue(python.toFile().setExecutable(true));
        Map<String, String> env = Shell.environment();
        env.put("PATH", python.getParent() + ":" + env.get("PATH"));
        env.put("MAVEN_ARGS", "-Dmaven.repo.local=" + System.getProperty("touchstone.m2"));
        return env;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NOT_COPIED.contains(String.valueOf(folder.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file).toString());
                if (attributes.isRegularFile() && !NOT_COPIED.contains(String.valueOf(file.getFileName()))) {
                    Files.copy(file, target);
                    target.toFile().setExecutable(Files.isExecutable(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
