package touchstone.kernel.protocol;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ROUTER or XPUB socket on a Unix domain socket, for front ends of the same machine (transport {@code ipc}). JeroMQ has
 * none: its {@code ipc://} is a TCP port. The file can be reached by its owner alone.
 */
final class UnixLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(UnixLoop.class);

    private final boolean publishes;
    private final Path file;
    private final String name;
    private final Handler handler;
    private final ServerSocketChannel server;
    private final Map<ByteBuffer, UnixPeer> peers = new ConcurrentHashMap<>();
    private final Object turn = new Object();
    private int unnamed;
    private volatile boolean closed;

    /** @param publishes whether a message goes to all who subscribed to its topic, else to whom its first frame names */
    UnixLoop(boolean publishes, Path file, String name, Handler handler) {
        this.publishes = publishes;
        this.file = file;
        this.name = name;
        this.handler = handler;
        try {
            removeStale(file);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(file));
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw Loop.cannotBind(name, file + ": " + e.getMessage());
        }
    }

    /** The file that a killed kernel has left behind goes; one that somebody listens on stays, and binding fails. */
    private static void removeStale(Path file) throws IOException {
        boolean socket = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        if (!socket) {
            return;
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            LOG.debug("{} is in use", probe);
        } catch (ConnectException e) {
            Files.delete(file);
        }
    }

    @Override
    public void start() {
        daemon(this::accept, "touchstone-" + name);
    }

    /** Queues a message; waits only while a peer leaves far too much unread, and gives that peer up in the end. */
    @Override
    public void send(List<byte[]> frames) {
        if (!publishes) {
            UnixPeer peer = peers.get(ByteBuffer.wrap(frames.get(0)));
            if (peer != null) {
                peer.queue(frames.subList(1, frames.size()));
            }
            return;
        }
        for (UnixPeer peer : peers.values()) {
            if (peer.wants(frames.get(0))) {
                peer.queue(frames);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        peers.values().forEach(UnixPeer::finish);
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{}: {} stays behind", name, file, e);
        }
    }

    private void accept() {
        for (long i = 0; !closed; i++) {
            long number = i;
            try {
                SocketChannel channel = server.accept();
                daemon(() -> converse(new ZmtpPeer(channel), number), "touchstone-" + name + "-peer");
            } catch (IOException e) {
                if (!server.isOpen()) {
                    return;
                }
                LOG.warn("{}: could not take a connection: {}", name, e.getMessage());
            }
        }
    }

    /** All of one connection, on the thread that reads from it. */
    private void converse(ZmtpPeer connection, long number) {
        @Nullable ByteBuffer identity = null;
        var peer = new UnixPeer(connection, name, number);
        try {
            connection.shakeHands(publishes ? "XPUB" : "ROUTER");
            ByteBuffer id =
                    ByteBuffer.wrap(connection.identity().length > 0 && !publishes ? connection.identity() : next());
            identity = id;
            enter(id, peer);
            daemon(peer::write, "touchstone-" + name + "-writer");
            for (List<byte[]> frames = connection.receive(); frames != null; frames = connection.receive()) {
                deliver(peer, id.array(), frames);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.debug("{}: a connection ended: {}", name, e.toString());
        } finally {
            if (identity != null) {
                peers.remove(identity, peer);
            }
            peer.abandon();
        }
    }

    /** A front end that comes back before its old connection was seen to end takes its name over. */
    private synchronized void enter(ByteBuffer id, UnixPeer peer) throws IOException {
        UnixPeer other = peers.get(id);
        if (other != null && other.number() > peer.number()) {
            throw new IOException("a later connection has this peer's identity");
        }
        peers.put(id, peer);
        if (other != null) {
            other.abandon();
        }
    }

    private synchronized byte[] next() {
        return ByteBuffer.allocate(5).putInt(1, ++unnamed).array();
    }

    private void deliver(UnixPeer peer, byte[] identity, List<byte[]> frames) {
        List<byte[]> whole = frames;
        if (publishes) {
            peer.subscribe(frames.get(0));
        } else {
            whole = new ArrayList<>(List.of(identity));
            whole.addAll(frames);
        }
        synchronized (turn) {
            try {
                handler.onFrames(whole);
            } catch (BadMessageException e) {
                LOG.warn("{}: ignored a {}", name, e.getMessage());
            } catch (Exception | StackOverflowError e) {
                LOG.error("{}: could not handle a message", name, e);
            }
        }
    }

    private static void daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
