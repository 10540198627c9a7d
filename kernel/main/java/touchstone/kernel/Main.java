package touchstone.kernel;

import java.io.IOException;
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
            connection = ConnectionInfo.read(Path.of(args[0]));
        } catch (IOException e) {
            System.err.println("touchstone-kernel: cannot read the connection file: " + e.getMessage());
            System.exit(4);
            return;
        }
        var kernel = new Kernel(connection);
        kernel.awaitShutdown();
        exit();
    }

    /** Ends the JVM; the user's shutdown hooks have most of a second. */
    private static void exit() {
        var limit = new Thread(
                () -> {
                    try {
                        Thread.sleep(700);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(0);
                },
                "touchstone-exit");
        limit.setDaemon(true);
        limit.start();
        System.exit(0);
    }
}
