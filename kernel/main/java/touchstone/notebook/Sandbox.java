package touchstone.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a kernel that runs somebody else's code cannot do. On Linux, where users may make namespaces, it has no network,
 * writes to a folder of its own alone (which lies in memory), does not see the home folder, other temporary files and
 * what else is hidden, and has no capabilities.
 *
 * @param secrets folders that it must not see, besides the home folder and those of temporary files
 * @param megabytes how much it may write
 * @param life after which it is killed, whatever becomes of this process
 */
public record Sandbox(List<Path> secrets, int megabytes, Duration life) {
    private static final List<String> UNSHARE = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--net",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc");
    /** Name of the folder, below a kernel's own, with the native libraries that it is lent. */
    public static final String LENT = ".lent";

    private static final int PROBE_SECONDS = 20;

    public Sandbox {
        secrets = List.copyOf(secrets);
    }

    /** Why there can be no sandbox here, in words that end a sentence; empty when there can. */
    public String obstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return System.getProperty("os.name") + " has none that needs no administrator";
        }
        try {
            Path folder = Files.createTempDirectory("touchstone-sandbox-");
            try {
                List<String> nothing = command(List.of("true"), KernelHost.of(folder), folder);
                return said(
                        new ProcessBuilder(nothing).redirectErrorStream(true).start());
            } finally {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            return AtomicFile.reason(e);
        }
    }

    private static String said(Process process) throws IOException {
        try {
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "unshare did not end in " + PROBE_SECONDS + " s";
            }
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 ? "" : words.lines().findFirst().orElse("unshare failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was interrupted";
        }
    }

    /**
     * A command line that runs another one in the sandbox.
     *
     * @param host its folder holds the files with which the kernel's own begins
     * @param sockets a folder that both sides see and write to
     */
    List<String> command(List<String> inner, KernelHost host, Path sockets) throws IOException {
        var command = new ArrayList<>(UNSHARE);
        Path folder = host.folder().toRealPath();
        command.addAll(List.of("sh", "-c", script(), "sandbox", Integer.toString(megabytes)));
        command.addAll(List.of(
                folder.toString(), folder.toString(), sockets.toRealPath().toString()));
        command.add(Long.toString(life.toSeconds()));
        add(command, "hide", hidden());
        add(command, "keep", kept());
        add(command, "hide", existing(secrets));
        add(command, "lend", natives());
        command.add("run");
        command.addAll(inner);
        return command;
    }

    private static void add(List<String> command, String part, Set<Path> paths) {
        command.add(part);
        paths.forEach(path -> command.add(path.toString()));
    }

    private static Set<Path> hidden() throws IOException {
        Set<Path> hidden = existing(List.of(
                Path.of("/tmp"),
                Path.of(System.getProperty("java.io.tmpdir")),
                Path.of(System.getProperty("user.home"))));
        hidden.removeIf(path -> path.getParent() == null); // a home of / is all there is
        return hidden;
    }

    /** The JDK, the kernel and the data. */
    private static Set<Path> kept() throws IOException {
        var kept = new ArrayList<Path>();
        kept.add(Path.of(System.getProperty("java.home")));
        if (KernelCommand.distribution().isPresent()) {
            kept.add(KernelCommand.distribution().get());
        } else {
            for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
                kept.add(Path.of(entry).toAbsolutePath());
            }
        }
        for (String variable : List.of("TOUCHSTONE_JAVA_HOME", "JAVA_HOME", "TOUCHSTONE_DATA")) {
            String folder = System.getenv().getOrDefault(variable, "");
            if (!folder.isBlank()) {
                kept.add(Path.of(folder));
            }
        }
        return existing(kept);
    }

    /**
     * The native libraries that JavaCPP has unpacked for this user, hundreds of megabytes: it takes them only from real folders in one that
     * it can write to.
     */
    private static Set<Path> natives() throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
        if (!Files.isDirectory(cache)) {
            return Set.of();
        }
        try (Stream<Path> jars = Files.list(cache)) {
            return existing(jars.filter(Files::isDirectory).sorted().toList());
        }
    }

    private static Set<Path> existing(List<Path> paths) throws IOException {
        var found = new LinkedHashSet<Path>();
        for (Path each : paths) {
            if (Files.exists(each)) {
                found.add(each.toRealPath());
            }
        }
        return found;
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(Sandbox.class.getResourceAsStream("sandbox.sh"), "sandbox.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
