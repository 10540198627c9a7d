package touchstone.notebook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import touchstone.kernel.protocol.ConnectionInfo;

/** Makes connection files for kernels that are to be started. */
final class ConnectionFile {
    private static final Set<Integer> TAKEN_PORTS = ConcurrentHashMap.newKeySet();

    private ConnectionFile() {}

    /** A connection on free loopback ports with a key nobody knows. */
    static ConnectionInfo fresh() throws IOException {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        List<Integer> ports = freePorts(5);
        return new ConnectionInfo(
                "tcp",
                "127.0.0.1",
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                HexFormat.of().formatHex(key),
                "hmac-sha256");
    }

    /** The same kernel behind Unix domain sockets {@code prefix-1} to {@code prefix-5}. */
    static ConnectionInfo ipc(ConnectionInfo tcp, Path prefix) {
        return new ConnectionInfo("ipc", prefix.toString(), 1, 2, 3, 4, 5, tcp.key(), tcp.signatureScheme());
    }

    /** Ports that were free a moment ago, held together so that they differ, and never given out twice by this JVM. */
    static List<Integer> freePorts(int count) throws IOException {
        var ports = new ArrayList<Integer>();
        var sockets = new ArrayList<ServerSocket>();
        try {
            while (ports.size() < count) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                if (TAKEN_PORTS.add(socket.getLocalPort())) {
                    ports.add(socket.getLocalPort());
                }
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    /** Writes the file, readable by the user alone from its first moment. */
    static Path write(ConnectionInfo connection, Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(file, connection.toJson(), StandardOpenOption.CREATE);
    }
}
