package touchstone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The class-data archive that lets a kernel start faster; made once for each JDK. A kernel runs without it too. */
record CdsArchive(Distribution distribution, Host host) {
    private static final int SECONDS = 180;

    Path file() {
        return distribution.archive(System.getProperty("java.version"));
    }

    /** Whether it is there and newer than every jar: an older one is ignored by the JVM. */
    boolean isCurrent() {
        try {
            if (!Files.exists(file())) {
                return false;
            }
            var made = Files.getLastModifiedTime(file());
            var jars = Stream.concat(distribution.kernelJars().stream(), distribution.libraryJars().stream());
            for (Path jar : jars.toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the archive by running a kernel that warms itself up and exits.
     *
     * @return why there is none, when there is none; that costs time at each start and nothing else
     */
    Optional<String> make() {
        Path lib = distribution.home().resolve("lib");
        if (!Folders.isWritable(lib)) {
            return Optional.of("no permission to write to " + lib);
        }
        var command = List.of(distribution.kernelCommand().toString(), "--archive");
        var jdk = Map.of("TOUCHSTONE_JAVA_HOME", host.javaHome().toString());
        Programs.Result result = Programs.run(host, command, jdk, SECONDS);
        return result.isFine() ? Optional.empty() : Optional.of(result.lastLine());
    }
}
