package touchstone.notebook;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.protocol.ConnectionInfo;

/**
 * A kernel as its own process, with its connection file (readable by the user alone) in a private folder. The process
 * ends with {@link #close()}, and also when this JVM is told to stop.
 */
final class KernelProcess implements AutoCloseable {
    private static final int KEPT_LINES = 12;

    private final Process process;
    private final ConnectionInfo connection;
    private final Path folder;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread drain;
    private volatile String tooMuch = "";
    private @Nullable SocketRelay relay;
    private final Thread atExit = new Thread(this::stop, "touchstone-stop-kernel");

    private KernelProcess(Process process, ConnectionInfo connection, Path folder) {
        this.process = process;
        this.connection = connection;
        this.folder = folder;
        drain = new Thread(this::drain, "touchstone-kernel-log");
        drain.setDaemon(true);
    }

    /** Starts a kernel. */
    static KernelProcess start(KernelHost host) throws NotebookException {
        Path folder;
        try {
            folder = Files.createTempDirectory("touchstone-kernel-");
        } catch (IOException e) {
            throw NotebookException.environment("cannot make a folder for the kernel in "
                    + System.getProperty("java.io.tmpdir") + ": " + AtomicFile.reason(e) + ".");
        }
        try {
            ConnectionInfo tcp = ConnectionFile.fresh();
            boolean closed = host.sandbox().isPresent();
            ConnectionInfo theirs = closed ? ConnectionFile.ipc(tcp, folder.resolve("k")) : tcp;
            Path file = ConnectionFile.write(theirs, folder.resolve("kernel.json"));
            var kernel = new KernelProcess(builder(host, file, folder).start(), tcp, folder);
            kernel.watch(host.limits());
            if (closed) {
                kernel.relay = SocketRelay.start(tcp, theirs);
            }
            return kernel;
        } catch (IOException e) {
            remove(folder);
            throw NotebookException.environment("cannot start the kernel: " + e.getMessage() + ".");
        }
    }

    private static ProcessBuilder builder(KernelHost host, Path file, Path folder) throws IOException {
        List<String> command = KernelCommand.of(file);
        var builder = new ProcessBuilder();
        builder.redirectErrorStream(true).directory(host.folder().toFile());
        host.environment().ifPresent(only -> {
            builder.environment().clear();
            builder.environment().putAll(only);
        });
        if (host.sandbox().isPresent()) {
            command = host.sandbox().get().command(command, host, folder);
        } else {
            builder.environment()
                    .put("JPY_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        }
        return builder.command(command);
    }

    private void watch(KernelLimits limits) throws IOException {
        process.getOutputStream().close();
        drain.start();
        limits.watch(process, fault -> tooMuch = fault);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private void drain() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lastLines) {
                    lastLines.addLast(line.length() > 500 ? line.substring(0, 500) : line);
                    if (lastLines.size() > KEPT_LINES) {
                        lastLines.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            synchronized (lastLines) {
                lastLines.addLast("(the kernel's own messages broke off: " + e.getMessage() + ")");
            }
        }
    }

    ConnectionInfo connection() {
        return connection;
    }

    /** Runs the action as soon as the process has ended. */
    void onExit(Runnable action) {
        var watcher = new Thread(() -> awaitEnd(action), "touchstone-kernel-end");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void awaitEnd(Runnable action) {
        try {
            process.waitFor();
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the kernel last wrote to its own stdout and stderr, oldest first. */
    List<String> lastLines() {
        if (!process.isAlive()) {
            join(drain, 500);
        }
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    /** How the process ended, in words for a message. */
    String ending() {
        if (process.isAlive()) {
            return "is still running";
        }
        if (!tooMuch.isEmpty()) {
            return tooMuch;
        }
        int code = process.exitValue();
        String hint = code == 137 ? ", killed: often for lack of memory" : "";
        return "ended with exit code " + code + hint;
    }

    /** Waits for the process to end of itself. */
    boolean waitFor(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void kill() {
        process.destroyForcibly();
        waitFor(2000);
    }

    private void stop() {
        process.destroy();
        if (!waitFor(1500)) {
            kill();
        }
        if (relay != null) {
            relay.close();
        }
        remove(folder);
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path each : files) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM is going down, and the hook has the same work
        }
    }
}
