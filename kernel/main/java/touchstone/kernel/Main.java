package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Path;
import touchstone.kernel.protocol.ConnectionInfo;

/** Starts a kernel on a connection file. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: touchstone-kernel CONNECTION_FILE");
            System.exit(2);
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
        Runtime.getRuntime().halt(0);
    }
}
