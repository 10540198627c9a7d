package touchstone.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import touchstone.kernel.protocol.ConnectionInfo;

/** Starts a kernel on a connection file; {@code --warm-up} runs one for the class archive and exits. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        if (args.length != 1) {
            System.err.println("usage: touchstone-kernel CONNECTION_FILE | --warm-up");
            System.exit(2);
        }
        if (args[0].equals("--warm-up")) {
            WarmUp.run();
            System.exit(0);
        }
        ConnectionInfo connection;
        try {
            Path file = Path.of(args[0]);
            if (ConnectionInfo.othersCanRead(file)) {
                System.err.println("touchstone-kernel: others can read " + file
                        + ", and who has its key can run code as you; make it private with: chmod 600 " + file);
            }
            connection = ConnectionInfo.read(file);
        } catch (IOException e) {
            System.err.println("touchstone-kernel: cannot read the connection file: " + e.getMessage());
            System.exit(4);
            return;
        }
        try {
            chooseSelectors();
            var kernel = new Kernel(connection);
            leaveWithParent();
            kernel.awaitShutdown(Main::limitExit);
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof BindException)) {
                throw e;
            }
            System.err.println("touchstone-kernel: " + e.getCause().getMessage());
            System.exit(4);
        }
        System.exit(0);
    }

    /** The JDK searches all jars of the class path for another way to wait on sockets, unless it is told which to use. */
    private static void chooseSelectors() {
        String linux = "sun.nio.ch.EPollSelectorProvider";
        try {
            Class.forName(linux, false, null);
            System.setProperty("java.nio.channels.spi.SelectorProvider", linux);
        } catch (ClassNotFoundException e) {
            return; // another system: its own way is found by the search
        }
    }

    /** Whoever started this kernel says so in {@code JPY_PARENT_PID}; when that process is gone, nobody will end it. */
    private static void leaveWithParent() {
        String pid = System.getenv().getOrDefault("JPY_PARENT_PID", "");
        if (pid.matches("[1-9][0-9]{0,17}")) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(parent -> {
                var unused = parent.onExit().thenRun(() -> {
                    limitExit();
                    System.exit(0);
                });
            });
        }
    }

    /** Ends the JVM soon, whatever hangs: the last messages and the user's shutdown hooks have most of a second. */
    private static void limitExit() {
        var limit = new Thread(
                () -> {
                    try {
                        Thread.sleep(800);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(0);
                },
                "touchstone-exit");
        limit.setDaemon(true);
        limit.start();
    }
}
