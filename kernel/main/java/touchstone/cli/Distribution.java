package touchstone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that the build assembles: {@code bin/}, {@code lib/kernel/}, {@code lib/library/}, {@code kernelspec/}.
 *
 * @param home its absolute path
 */
public record Distribution(Path home) {
    /** The distribution this program runs from; a {@link UserError} when it runs from somewhere else. */
    public static Distribution current() {
        String home = System.getProperty("touchstone.home");
        Path folder = home != null ? Path.of(home) : besideOwnJar();
        if (!Files.isExecutable(folder.resolve("bin/touchstone-kernel"))) {
            throw UserError.environment("there is no Touchstone distribution in " + folder
                    + "; build one with ./mvnw -Dquick package, or set -Dtouchstone.home to it");
        }
        return new Distribution(folder.toAbsolutePath().normalize());
    }

    private static Path besideOwnJar() {
        try {
            Path jar = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolve("../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the location of the kernel's jar is no path", e);
        }
    }

    /** The script that starts a kernel: its one argument is a connection file. */
    public Path kernelCommand() {
        return home.resolve("bin/touchstone-kernel");
    }

    /** The folder with kernel.json's template and the logos. */
    public Path kernelspec() {
        return home.resolve("kernelspec");
    }

    /** The class-data archive for one version of the JDK, whether it exists or not. */
    public Path archive(String jdkVersion) {
        boolean cache = Runtime.Version.parse(jdkVersion).feature() >= 25;
        return home.resolve("lib/kernel-" + jdkVersion + (cache ? ".aot" : ".jsa"));
    }

    public List<Path> kernelJars() {
        return jars("lib/kernel");
    }

    public List<Path> libraryJars() {
        return jars("lib/library");
    }

    public List<Path> cudaJars() {
        return jars("lib/cuda");
    }

    private List<Path> jars(String folder) {
        Path path = home.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
