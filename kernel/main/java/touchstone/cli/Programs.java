package touchstone.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Other programs: where they are and what they answer. */
final class Programs {
    /**
     * How a program ended.
     *
     * @param exitCode its exit code; -1 when it could not be started or was stopped after its time
     * @param output what it wrote to stdout
     * @param messages what it wrote to stderr, or why it did not run
     */
    record Result(int exitCode, String output, String messages) {
        boolean isFine() {
            return exitCode == 0;
        }

        /** The last line of stderr that says something, else of stdout. */
        String lastLine() {
            String text = messages.isBlank() ? output : messages;
            return text.strip().lines().reduce("", (before, line) -> line);
        }
    }

    private Programs() {}

    /** The first executable file of that name on the PATH of {@code host}. */
    static Optional<Path> find(Host host, String name) {
        for (String folder : host.variable("PATH").orElse("").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    /** Runs a program in the environment of {@code host} and waits for it, at most so many seconds. */
    static Result run(Host host, List<String> command, Map<String, String> extra, int seconds) {
        try {
            Path out = Files.createTempFile("touchstone", ".out");
            Path err = Files.createTempFile("touchstone", ".err");
            try {
                return run(host, command, extra, seconds, out, err);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            return new Result(-1, "", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "", "interrupted");
        }
    }

    private static Result run(
            Host host, List<String> command, Map<String, String> extra, int seconds, Path out, Path err)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectInput(new File(host.os().startsWith("Windows") ? "NUL" : "/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(host.env());
        builder.environment().putAll(extra);
        Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return new Result(-1, read(out), "no answer after " + seconds + " s");
        }
        return new Result(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
