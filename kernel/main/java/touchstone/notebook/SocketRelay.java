package touchstone.notebook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import touchstone.kernel.protocol.ConnectionInfo;

/**
 * Loopback ports that lead to the Unix domain sockets of a kernel without network, byte for byte: JeroMQ's clients know
 * no such sockets. Messages are signed, so that a port is of no use to others.
 */
final class SocketRelay implements AutoCloseable {
    private static final long RETRY_MS = 20;

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private SocketRelay() {}

    /** Listens on all ports of the one for the sockets of the other, which need not be there yet. */
    static SocketRelay start(ConnectionInfo ports, ConnectionInfo sockets) throws IOException {
        var relay = new SocketRelay();
        try {
            relay.listen(ports.shellPort(), sockets.socketFile(sockets.shellPort()));
            relay.listen(ports.iopubPort(), sockets.socketFile(sockets.iopubPort()));
            relay.listen(ports.stdinPort(), sockets.socketFile(sockets.stdinPort()));
            relay.listen(ports.controlPort(), sockets.socketFile(sockets.controlPort()));
            return relay;
        } catch (IOException e) {
            relay.close();
            throw e;
        }
    }

    private void listen(int port, Path socket) throws IOException {
        var server = ServerSocketChannel.open();
        open.add(server);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        daemon("accept", () -> accept(server, socket));
    }

    private void accept(ServerSocketChannel server, Path socket) {
        try {
            while (!closed) {
                SocketChannel client = server.accept();
                open.add(client);
                daemon("connect", () -> connect(client, socket));
            }
        } catch (IOException e) {
            shut(server); // closed with the relay
        }
    }

    private void connect(SocketChannel client, Path socket) {
        try {
            SocketChannel kernel = reach(socket);
            open.add(kernel);
            daemon("answers", () -> copy(kernel, client));
            copy(client, kernel);
        } catch (IOException e) {
            shut(client);
        }
    }

    /** Connects as soon as the kernel has made its socket. */
    private SocketChannel reach(Path socket) throws IOException {
        while (!closed) {
            if (Files.isSymbolicLink(socket)) {
                throw new IOException("the kernel's socket is a link to another");
            }
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                pause();
            }
        }
        throw new IOException("the relay is closed");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the kernel's socket", e);
        }
    }

    /** Until one side closes, as kernels do; then closes both. */
    private void copy(SocketChannel from, SocketChannel to) {
        try {
            copyAll(from, to);
        } catch (IOException e) {
            shut(to);
        }
        shut(from);
        shut(to);
    }

    private static void copyAll(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        while (from.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            buffer.clear();
        }
    }

    private void daemon(String what, Runnable work) {
        var thread = new Thread(work, "touchstone-relay-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void shut(Channel channel) {
        open.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close a socket", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(this::shut);
    }
}
