package touchstone.kernel.protocol;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;

/** One bound ZeroMQ socket. Sending is safe from any thread; what arrives is given to a handler, one after the other. */
interface Loop {
    /** The most bytes of one frame that are taken from a peer. */
    long MAX_FRAME_BYTES = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8);

    /** Beyond this much unsent, senders wait. */
    long MAX_UNSENT_BYTES = 64L << 20;

    /** What is done with a message that arrives. */
    interface Handler {
        void onFrames(List<byte[]> frames) throws Exception;
    }

    /** Begins to receive. */
    void start();

    /** Queues a message and sees to it that it is sent. */
    void send(List<byte[]> frames);

    /** Queues a message that another follows at once: one waking of the thread then does for both. */
    default void sendWithNext(List<byte[]> frames) {
        send(frames);
    }

    /** Sends what is queued, waiting up to a second, and takes nothing more. */
    void close();

    /** What is thrown when the place that the connection file names cannot be had. */
    static UncheckedIOException cannotBind(String name, String where) {
        return new UncheckedIOException(new BindException("cannot bind the " + name + " socket to " + where));
    }

    static long size(List<byte[]> frames) {
        long size = 0;
        for (byte[] frame : frames) {
            size += frame.length;
        }
        return size;
    }
}
