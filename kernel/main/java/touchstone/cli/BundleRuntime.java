package touchstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The Java runtime of a bundle, linked from the modules of a JDK.
 *
 * @param host the machine; its PATH and environment are what jlink runs in
 * @param jdk home of the JDK
 */
record BundleRuntime(Host host, Path jdk) {
    /**
     * {@code java.se} whole, since cells may name any class of it; then what the kernel needs (compiler, JShell and its
     * debugger interface, attaching to itself, jars as file systems), what libraries need ({@code jdk.unsupported} for
     * off-heap memory, {@code jdk.management} for memory sizes, {@code jdk.crypto.ec} for https, {@code jdk.net}), and
     * small ones that programs are surprised to miss.
     */
    static final List<String> MODULES = List.of(
            "java.se",
            "jdk.attach",
            "jdk.charsets",
            "jdk.compiler",
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.jdi",
            "jdk.jfr",
            "jdk.jshell",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.unsupported.desktop",
            "jdk.xml.dom",
            "jdk.zipfs");

    /** From 24 on a JDK may be built to link runtimes from itself, without a folder of modules. */
    private static final int LINKS_ITSELF = 24;

    private static final int SECONDS = 600;

    /** The runtime of the JDK that kernels run on here; a {@link UserError} when it cannot be linked from. */
    static BundleRuntime of(Host host) {
        Path jdk = host.javaHome();
        if (!Files.isExecutable(jdk.resolve("bin/jlink"))) {
            throw UserError.environment(jdk + " has no jlink, so it is a runtime and no whole JDK; "
                    + "set TOUCHSTONE_JAVA_HOME to a JDK of version 17 or newer");
        }
        if (!Files.isDirectory(jdk.resolve("jmods")) && Runtime.version().feature() < LINKS_ITSELF) {
            throw UserError.environment(jdk + " has no folder jmods, from which a runtime is linked; install the whole "
                    + "JDK (Debian: openjdk-17-jdk-headless, Fedora: java-17-openjdk-jmods)");
        }
        return new BundleRuntime(host, jdk);
    }

    /** Links the runtime into {@code folder}, which must not exist, and writes its class-data archive. */
    void link(Path folder) throws IOException {
        var command = List.of(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString());
        Programs.Result linked = Programs.run(host, command, Map.of(), SECONDS);
        if (!linked.isFine()) {
            throw UserError.environment("jlink of " + jdk + " failed: " + linked.lastLine());
        }
        // Without the archive the JVM starts more slowly, and that is all.
        Programs.run(host, List.of(folder.resolve("bin/java").toString(), "-Xshare:dump"), Map.of(), SECONDS);
    }
}
