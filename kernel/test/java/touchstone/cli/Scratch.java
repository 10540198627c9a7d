package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Scratch folders for tests of scripts: distributions, JDKs that only tell how they were called, tool folders. */
final class Scratch {
    /** What the scripts call besides the shell's own words. */
    private static final List<String> TOOLS = List.of(
            "cat",
            "cp",
            "date",
            "echo",
            "find",
            "head",
            "ln",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");

    /** A Java that prints its arguments, one a line, and the thread settings. */
    private static final String TELLING_JAVA =
            """
            #!/bin/sh
            for word; do printf '%s\\n' "$word"; done
            echo "threads $OMP_NUM_THREADS $OPENBLAS_NUM_THREADS home $TOUCHSTONE_JAVA_HOME"
            """;

    record Ended(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Scratch() {}

    static Path root() {
        return Path.of(System.getProperty("touchstone.root"));
    }

    /** A distribution in {@code folder}: the real scripts and kernelspec, empty jars. */
    static Path distribution(Path folder) throws IOException {
        copy(root().resolve("kernel/main/dist"), folder);
        Files.createDirectories(folder.resolve("lib/kernel"));
        Files.createDirectories(folder.resolve("lib/library"));
        for (String jar : List.of(
                "lib/kernel/asm-1.jar",
                "lib/kernel/touchstone-kernel-1.jar",
                "lib/library/nd4j-api-1.jar",
                "lib/library/nd4j-native-1.jar",
                "lib/library/nd4j-native-api-1.jar",
                "lib/library/nd4j-native-preset-1.jar",
                "lib/library/touchstone-1.jar")) {
            Files.writeString(folder.resolve(jar), "");
        }
        return folder;
    }

    /** A JDK of that version that only tells how it was called. */
    static Path jdk(Path folder, String version, String modules) throws IOException {
        script(folder.resolve("bin/java"), TELLING_JAVA);
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
        return folder;
    }

    static Path jdk(Path folder, String version) throws IOException {
        return jdk(folder, version, "java.base jdk.compiler jdk.jshell");
    }

    static Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    /** A folder for PATH with the tools that scripts call, and no Java. */
    static Path tools(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String tool : TOOLS) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path file = Path.of(place, tool);
                if (Files.isExecutable(file)) {
                    script(folder.resolve(tool), "#!/bin/sh\nexec " + file + " \"$@\"\n");
                    break;
                }
            }
        }
        return folder;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                    target.toFile().setExecutable(Files.isExecutable(path));
                }
            }
        }
    }

    /** Runs a command in exactly this environment; it has a minute. */
    static Ended run(Path folder, Map<String, String> env, String... command) throws Exception {
        Process process = start(folder, env, command);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after 60 s: " + List.of(command));
        }
        return ended(process);
    }

    /** Starts a command whose output is read when it has ended; it must be short. */
    static Process start(Path folder, Map<String, String> env, String... command) throws IOException {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command))).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(new HashMap<>(env));
        return builder.start();
    }

    static Ended ended(Process process) throws Exception {
        return new Ended(
                process.waitFor(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
