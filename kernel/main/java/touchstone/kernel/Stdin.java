package touchstone.kernel;

import com.google.gson.JsonObject;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import touchstone.kernel.display.Origin;
import touchstone.kernel.display.Streams;
import touchstone.kernel.engine.Explained;
import touchstone.kernel.protocol.Channels;
import touchstone.kernel.protocol.Content;
import touchstone.kernel.protocol.Message;

/** Standard input of user code: each line is asked for at the front end that sent the cell. */
final class Stdin extends InputStream {
    /** Thrown where code reads input and the front end cannot give any. */
    static final class StdinNotAllowed extends UnsupportedOperationException implements Explained {
        private static final long serialVersionUID = 1;

        StdinNotAllowed() {
            super("this front end gives no input: set the value in the cell instead of reading System.in");
        }
    }

    private final Channels channels;
    private final Streams streams;
    private final BlockingQueue<Message> replies = new LinkedBlockingQueue<>();
    private byte[] line = new byte[0];
    private int next;
    private volatile boolean asking;

    Stdin(Channels channels, Streams streams) {
        this.channels = channels;
        this.streams = streams;
    }

    /** An input_reply arrived; one that nobody asked for is dropped. */
    void onReply(Message reply) {
        if (asking) {
            replies.add(reply);
        }
    }

    /** Forgets what was typed but not read, so that the next cell begins afresh. */
    synchronized void forget() {
        line = new byte[0];
        next = 0;
    }

    /** Asks for one line; with {@code password} the front end hides what is typed. */
    String ask(String prompt, boolean password) throws InterruptedIOException {
        if (!(Origin.current().request() instanceof CellOrigin cell) || !cell.allowsStdin()) {
            throw new StdinNotAllowed();
        }
        streams.flush();
        replies.clear();
        var content = new JsonObject();
        content.addProperty("prompt", prompt);
        content.addProperty("password", password);
        asking = true;
        channels.askOnStdin(cell.message(), "input_request", content);
        try {
            return Content.text(replies.take().content(), "value", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        } finally {
            asking = false;
        }
    }

    @Override
    public synchronized int read() throws InterruptedIOException {
        fill();
        return line[next++] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) throws InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        fill();
        int count = Math.min(length, line.length - next);
        System.arraycopy(line, next, into, offset, count);
        next += count;
        return count;
    }

    @Override
    public synchronized int available() {
        return line.length - next;
    }

    private void fill() throws InterruptedIOException {
        if (next >= line.length) {
            line = (ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
            next = 0;
        }
    }
}
