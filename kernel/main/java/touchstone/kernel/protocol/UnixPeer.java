package touchstone.kernel.protocol;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on its way to one front end on a Unix domain socket, and the topics it asked for. */
final class UnixPeer {
    private static final Logger LOG = LoggerFactory.getLogger(UnixPeer.class);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_TOPICS = 1000;

    private final ZmtpPeer connection;
    private final String name;
    private final long number;
    private final Deque<List<byte[]>> outbox = new ArrayDeque<>();
    private final List<byte[]> topics = new ArrayList<>();
    private long unsent;
    private boolean finishing;
    private boolean gone;

    /** @param number how many connections came before */
    UnixPeer(ZmtpPeer connection, String name, long number) {
        this.connection = connection;
        this.name = name;
        this.number = number;
    }

    long number() {
        return number;
    }

    /** Takes a subscription (1 and a topic) or its end (0 and a topic). */
    synchronized void subscribe(byte[] message) {
        if (message.length == 0 || message[0] > 1 || message[0] < 0) {
            return;
        }
        byte[] topic = Arrays.copyOfRange(message, 1, message.length);
        if (message[0] == 0) {
            topics.stream()
                    .filter(each -> Arrays.equals(each, topic))
                    .findFirst()
                    .ifPresent(topics::remove);
        } else if (topics.size() < MOST_TOPICS) {
            topics.add(topic);
        }
    }

    /** Whether a message that begins with {@code first} is for this peer. */
    synchronized boolean wants(byte[] first) {
        for (byte[] topic : topics) {
            if (topic.length <= first.length && Arrays.equals(topic, 0, topic.length, first, 0, topic.length)) {
                return true;
            }
        }
        return false;
    }

    /** Queues a message. While far too much lies unread this waits; a peer that reads nothing for long is given up. */
    synchronized void queue(List<byte[]> frames) {
        long end = System.nanoTime() + PATIENCE;
        boolean interrupted = false;
        while (unsent > Loop.MAX_UNSENT_BYTES && !gone && !interrupted) {
            if (System.nanoTime() - end > 0) {
                LOG.warn("{}: a front end that reads nothing was disconnected", name);
                abandon();
                return;
            }
            try {
                wait(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!gone) {
            outbox.add(frames);
            unsent += Loop.size(frames);
            notifyAll();
        }
    }

    /** Sends what is queued until the end; the work of a thread of its own. */
    void write() {
        try {
            for (List<byte[]> frames = take(); !frames.isEmpty(); frames = take()) {
                connection.send(frames);
                sent(frames);
            }
        } catch (IOException e) {
            LOG.debug("{}: a front end went: {}", name, e.toString());
        }
        abandon();
    }

    /** The next message; an empty one at the end. */
    private synchronized List<byte[]> take() {
        while (outbox.isEmpty() && !gone && !finishing) {
            try {
                wait();
            } catch (InterruptedException e) {
                return List.of();
            }
        }
        return gone || outbox.isEmpty() ? List.of() : outbox.removeFirst();
    }

    private synchronized void sent(List<byte[]> frames) {
        unsent -= Loop.size(frames);
        notifyAll();
    }

    /** Waits up to a second until all is sent, then ends. */
    synchronized void finish() {
        finishing = true;
        notifyAll();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (!gone && System.nanoTime() - end < 0) {
            try {
                wait(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        abandon();
    }

    /** Ends the connection; what is queued is lost. */
    synchronized void abandon() {
        gone = true;
        outbox.clear();
        connection.close();
        notifyAll();
    }
}
