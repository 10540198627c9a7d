package touchstone.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs programs in a clean variant of this environment. */
final class Shell {
    record Ended(int exitCode, String out, String err) {}

    private Shell() {}

    /** The environment without variables that steer Maven, Touchstone or IJava, and with this test's JDK. */
    static Map<String, String> environment() {
        var env = new TreeMap<>(System.getenv());
        env.keySet().removeIf(name -> name.matches("(MAVEN|TOUCHSTONE|IJAVA|JUPYTER)_.*|VIRTUAL_ENV|CONDA_PREFIX"));
        env.put("JAVA_HOME", System.getProperty("java.home"));
        return env;
    }

    static Ended run(Path folder, Map<String, String> env, int seconds, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("touchstone", ".out");
        Path err = Files.createTempFile("touchstone", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(env);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("no end after " + seconds + " s: " + command + "\n" + read(err));
            }
            return new Ended(process.exitValue(), read(out), read(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
