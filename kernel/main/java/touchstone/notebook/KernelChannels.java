package touchstone.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import touchstone.kernel.protocol.BadMessageException;
import touchstone.kernel.protocol.Codec;
import touchstone.kernel.protocol.ConnectionInfo;
import touchstone.kernel.protocol.Message;

/**
 * The client's ends of a kernel's sockets. One thread owns all of them: it blocks until a message comes in, which it
 * puts into the queue, or until another thread wakes it to send.
 */
final class KernelChannels implements AutoCloseable {
    /** The sockets a client talks through. */
    enum Channel {
        SHELL,
        CONTROL,
        STDIN,
        IOPUB
    }

    /** What can happen on the way to an answer. */
    sealed interface Event permits Incoming, Ended {}

    /** A message from the kernel. */
    record Incoming(Channel channel, Message message) implements Event {}

    /** The end of the connection: the kernel's process is gone, or the sockets failed. */
    record Ended(String reason) implements Event {}

    private record Outgoing(Channel channel, Message message) {}

    private final ConnectionInfo connection;
    private final Codec codec;
    private final String session;
    private final BlockingQueue<Event> events;
    private final Queue<Outgoing> outgoing = new ConcurrentLinkedQueue<>();
    private final Pipe wake;
    private final Thread thread = new Thread(this::loop, "touchstone-client");
    private volatile boolean open = true;

    KernelChannels(ConnectionInfo connection, String session, BlockingQueue<Event> events) {
        this.connection = connection;
        this.codec = new Codec(connection.key());
        this.session = session;
        this.events = events;
        try {
            wake = Pipe.open();
            wake.source().configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a pipe", e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends a message; returns at once. */
    void send(Channel channel, Message message) {
        outgoing.add(new Outgoing(channel, message));
        wake();
    }

    private void wake() {
        try {
            wake.sink().write(ByteBuffer.wrap(new byte[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wake the thread of the sockets", e);
        }
    }

    private void loop() {
        try (var context = new ZContext();
                ZMQ.Poller poller = context.createPoller(Channel.values().length + 1)) {
            Map<Channel, ZMQ.Socket> sockets = connect(context);
            poller.register(wake.source(), ZMQ.Poller.POLLIN);
            sockets.values().forEach(socket -> poller.register(socket, ZMQ.Poller.POLLIN));
            while (open) {
                poller.poll(-1);
                drainWake();
                sendAll(sockets);
                sockets.forEach(this::receiveAll);
            }
            sendAll(sockets);
        } catch (IOException | RuntimeException e) {
            events.add(new Ended("the connection to the kernel broke: " + e.getMessage()));
        }
    }

    private Map<Channel, ZMQ.Socket> connect(ZContext context) {
        context.setLinger(200);
        var sockets = new EnumMap<Channel, ZMQ.Socket>(Channel.class);
        for (Channel channel : Channel.values()) {
            ZMQ.Socket socket = context.createSocket(channel == Channel.IOPUB ? SocketType.SUB : SocketType.DEALER);
            socket.setHWM(0);
            socket.setReconnectIVL(20);
            socket.setReconnectIVLMax(200);
            if (channel == Channel.IOPUB) {
                socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
            } else {
                socket.setIdentity(session.getBytes(StandardCharsets.UTF_8));
            }
            socket.connect(connection.endpoint(port(channel)));
            sockets.put(channel, socket);
        }
        return sockets;
    }

    private int port(Channel channel) {
        return switch (channel) {
            case SHELL -> connection.shellPort();
            case CONTROL -> connection.controlPort();
            case STDIN -> connection.stdinPort();
            case IOPUB -> connection.iopubPort();
        };
    }

    private void drainWake() throws IOException {
        var buffer = ByteBuffer.allocate(64);
        while (wake.source().read(buffer) > 0) {
            buffer.clear();
        }
    }

    private void sendAll(Map<Channel, ZMQ.Socket> sockets) {
        for (Outgoing next = outgoing.poll(); next != null; next = outgoing.poll()) {
            ZMQ.Socket socket = sockets.get(next.channel());
            if (socket != null) {
                List<byte[]> frames = codec.encode(next.message());
                for (int i = 0; i < frames.size(); i++) {
                    socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
                }
            }
        }
    }

    private void receiveAll(Channel channel, ZMQ.Socket socket) {
        for (byte[] first = receive(socket); first != null; first = receive(socket)) {
            var frames = new ArrayList<byte[]>();
            frames.add(first);
            while (socket.hasReceiveMore()) {
                frames.add(socket.recv());
            }
            try {
                events.add(new Incoming(channel, codec.decode(frames)));
            } catch (BadMessageException ignored) {
                // not ours: another program's, or one without our key
            }
        }
    }

    private static byte @Nullable [] receive(ZMQ.Socket socket) {
        return socket.recv(ZMQ.DONTWAIT);
    }

    @Override
    public void close() {
        open = false;
        wake();
        try {
            thread.join(3000);
            wake.sink().close();
            wake.source().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a pipe", e);
        }
    }
}
