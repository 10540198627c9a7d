package touchstone.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the library's benchmark in a JVM of its own and hands over its lines as they come. */
record BenchRun(Host host, Distribution distribution, Consumer<JsonObject> lines) {
    private static final int GRACE = 90; // seconds beyond its time, after which it is stopped

    void run(long seed, double minutes, String sizes, boolean cpu) throws IOException, InterruptedException {
        if (distribution.libraryJars().isEmpty()) {
            throw UserError.environment("there are no jars in "
                    + distribution.home().resolve("lib/library") + "; build again: ./mvnw -Dquick package");
        }
        var command = command();
        command.addAll(List.of("seed=" + seed, "minutes=" + minutes, "sizes=" + sizes, "cpu=" + cpu));
        Path messages = Files.createTempFile("touchstone-bench", ".log");
        try {
            run(command, messages, (long) (60 * minutes) + GRACE);
        } finally {
            Files.deleteIfExists(messages);
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(host.javaHome().resolve("bin/java").toString());
        command.addAll(List.of("-XX:MaxRAMPercentage=60", "-Djava.awt.headless=true"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        String jars = Stream.concat(distribution.kernelJars().stream(), distribution.libraryJars().stream())
                .map(String::valueOf)
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", jars, BenchProbe.class.getName()));
        return command;
    }

    private void run(List<String> command, Path messages, long seconds) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(messages.toFile());
        builder.environment().clear();
        builder.environment().putAll(host.env());
        Process process = builder.start();
        var stopper = new Thread(() -> stop(process, seconds), "touchstone-bench-limit");
        stopper.setDaemon(true);
        stopper.start();
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                read(line);
            }
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            String last = Files.readString(messages)
                    .strip()
                    .lines()
                    .filter(l -> !l.startsWith("\t"))
                    .reduce("", (before, line) -> line);
            throw UserError.environment("the measuring program ended with code " + process.exitValue()
                    + (last.isEmpty() ? "" : ": " + last));
        }
    }

    private void read(String line) {
        try {
            lines.accept(JsonParser.parseString(line).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalStateException("the measuring program printed no JSON: " + line, e);
        }
    }

    private static void stop(Process process, long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
