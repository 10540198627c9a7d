package touchstone.kernel.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * One bound ZeroMQ socket and the one thread that touches it. Other threads hand it messages to send; what arrives is
 * given to a handler on the loop's thread. Nothing that a handler throws ends the loop.
 *
 * <p>Other threads wake the loop by its selector alone, never by a ZeroMQ socket: those stand on channels that close for
 * good when a thread writes to them while it is interrupted, as a cell may be at any moment.
 *
 * <p>Sending never drops: the high-water marks are off, and a sender waits while more than 64 MiB lie unsent.
 */
final class SocketLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);

    private final String name;
    private final ZMQ.Socket socket;
    private final Selector selector;
    private final Handler handler;
    private final Queue<List<byte[]>> outbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicLong unsent = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    SocketLoop(ZContext context, SocketType type, String endpoint, String name, Handler handler) {
        this.name = name;
        this.handler = handler;
        socket = context.createSocket(type);
        socket.setSndHWM(0);
        socket.setRcvHWM(0);
        socket.setLinger(1000);
        socket.setMaxMsgSize(MAX_FRAME_BYTES);
        socket.setMsgAllocator(SocketLoop::frame);
        if (type == SocketType.XPUB) {
            socket.setXpubVerbose(true);
        } else {
            socket.setRouterHandover(true); // a front end may be back before its old connection was seen to end
        }
        if (!socket.bind(endpoint)) {
            throw Loop.cannotBind(name, endpoint);
        }
        try {
            selector = Selector.open();
            socket.getFD().register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait on the " + name + " socket", e);
        }
        thread = new Thread(this::run, "touchstone-" + name);
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Queues a message; waits only while far too much lies unsent (and never on the loop's own thread). */
    @Override
    public void send(List<byte[]> frames) {
        sendWithNext(frames);
        wake();
    }

    @Override
    public void sendWithNext(List<byte[]> frames) {
        long size = Loop.size(frames);
        if (unsent.get() > MAX_UNSENT_BYTES && Thread.currentThread() != thread) {
            awaitRoom();
        }
        unsent.addAndGet(size);
        outbox.add(frames);
    }

    /** Sends what is queued, then ends the thread; waits for it up to a second. */
    @Override
    public void close() {
        closed = true;
        woken.set(false);
        wake();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitRoom() {
        boolean interrupted = false;
        while (unsent.get() > MAX_UNSENT_BYTES && !closed) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /**
     * Room for a frame that arrives. JeroMQ reserves it on the word of the peer, before any signature, and lets a size of
     * 2^63 and more pass its limit: such a frame comes out empty instead, since an error here would end all input.
     */
    private static Msg frame(int size) {
        try {
            return new Msg(size < 0 || size > MAX_FRAME_BYTES ? 0 : size);
        } catch (OutOfMemoryError e) {
            return new Msg(0);
        }
    }

    private void run() {
        while (true) {
            try {
                woken.set(false);
                boolean last = closed; // what was queued before the closing still goes out
                sendQueued();
                if (last) {
                    selector.close();
                    return;
                }
                // the selector tells of changes only, so what is there is asked before each wait
                if ((socket.getEvents() & ZMQ.Poller.POLLIN) != 0) {
                    handler.onFrames(receive());
                } else {
                    selector.select();
                    selector.selectedKeys().clear();
                }
            } catch (BadMessageException e) {
                LOG.warn("{}: ignored a {}", name, e.getMessage());
            } catch (Exception | StackOverflowError e) {
                if (closed || Thread.currentThread().isInterrupted()) {
                    return;
                }
                LOG.error("{}: could not handle a message", name, e);
            }
        }
    }

    private List<byte[]> receive() {
        var frames = new ArrayList<byte[]>();
        do {
            byte[] frame = socket.recv(0);
            frames.add(frame == null ? new byte[0] : frame);
        } while (socket.hasReceiveMore());
        return frames;
    }

    private void sendQueued() {
        List<byte[]> frames = outbox.poll();
        while (frames != null) {
            int last = frames.size() - 1;
            for (int i = 0; i <= last; i++) {
                socket.send(frames.get(i), i < last ? ZMQ.SNDMORE : 0);
            }
            if (unsent.addAndGet(-Loop.size(frames)) <= MAX_UNSENT_BYTES) {
                synchronized (this) {
                    notifyAll();
                }
            }
            frames = outbox.poll();
        }
    }
}
