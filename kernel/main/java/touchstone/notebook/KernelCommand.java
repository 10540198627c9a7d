package touchstone.notebook;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that starts a kernel: what {@code touchstone.kernel.command} says (system property, or environment
 * variable {@code TOUCHSTONE_KERNEL_COMMAND}), else the distribution's {@code bin/touchstone-kernel}, else this JVM with
 * this class path, made to start soon rather than to run long.
 */
final class KernelCommand {
    static final String PROPERTY = "touchstone.kernel.command";
    private static final String PLACE = "{connection_file}";

    private KernelCommand() {}

    /** The command line for a connection file. */
    static List<String> of(Path connectionFile) {
        String said = System.getProperty(PROPERTY, System.getenv().getOrDefault("TOUCHSTONE_KERNEL_COMMAND", ""));
        if (!said.isBlank()) {
            return given(said, connectionFile.toString());
        }
        Optional<Path> launcher = distribution().map(dist -> dist.resolve("bin").resolve("touchstone-kernel"));
        if (launcher.isPresent()) {
            return List.of(launcher.get().toString(), connectionFile.toString());
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = System.getProperty("java.class.path");
        return List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "touchstone.kernel.Main",
                connectionFile.toString());
    }

    private static List<String> given(String said, String connectionFile) {
        var words = new ArrayList<String>();
        for (String word : said.strip().split("\\s+", -1)) {
            words.add(word.replace(PLACE, connectionFile));
        }
        if (!said.contains(PLACE)) {
            words.add(connectionFile);
        }
        return words;
    }

    /** The distribution folder, if this class lies in a jar of {@code <dist>/lib/kernel}. */
    static Optional<Path> distribution() {
        try {
            var source = KernelCommand.class.getProtectionDomain().getCodeSource();
            Path jar = Path.of(source.getLocation().toURI());
            return Optional.of(jar)
                    .filter(Files::isRegularFile)
                    .map(Path::getParent)
                    .map(Path::getParent)
                    .map(Path::getParent)
                    .filter(dist -> Files.isExecutable(dist.resolve("bin").resolve("touchstone-kernel")));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
