package touchstone.kernel.display;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * stdout and stderr of the user's code as stream messages. What is printed is gathered for up to 60 ms, or up to
 * 256 KiB, and then sent as one message under the cell that printed it; the order of writes is kept across both
 * streams. {@link #flush} sends at once: it is called before results, errors, displays and the idle status. What a cell
 * prints beyond a limit goes to a file, and a note in the stream names it.
 */
public final class Streams {
    private static final int DELAY_MS = 60;
    private static final int FULL = 256 << 10;

    private final Publisher publisher;
    private final Deque<Chunk> pending = new ArrayDeque<>();
    private final Object sending = new Object();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "touchstone-streams");
        thread.setDaemon(true);
        return thread;
    });
    private final OutputLimit limit;
    private final Map<Origin, Overflow> overflows = new WeakHashMap<>();
    private final Set<Overflow> unwritten = new LinkedHashSet<>();
    private @Nullable Overflow overflow; // that of the origin which printed last
    private @Nullable Origin printer;
    private boolean scheduled;

    /** Streams with the default limit. */
    public Streams(Publisher publisher) {
        this(publisher, OutputLimit.defaults());
    }

    public Streams(Publisher publisher, OutputLimit limit) {
        this.publisher = publisher;
        this.limit = limit;
    }

    /** A print stream, in UTF-8, that writes to the cell of the thread that prints. */
    public PrintStream printStream(String name) {
        return new TextStream(new Target(name), text -> print(name, text));
    }

    /** Appends text to a stream of the current cell. */
    public void print(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(name, bytes, 0, bytes.length);
    }

    /** Sends what is pending; returns when it is on its way. */
    public void flush() {
        synchronized (sending) {
            synchronized (pending) {
                unwritten.forEach(Overflow::write);
                unwritten.clear();
            }
            while (true) {
                Chunk chunk;
                String text;
                synchronized (pending) {
                    scheduled = false;
                    chunk = pending.peekFirst();
                    if (chunk == null) {
                        return;
                    }
                    text = chunk.take();
                    pending.removeFirst();
                    if (chunk.size() > 0 && !hasLater(chunk)) {
                        // half a character waits for its other half
                        pending.addFirst(chunk);
                        if (text.isEmpty()) {
                            return;
                        }
                    }
                }
                send(chunk, text);
            }
        }
    }

    private boolean hasLater(Chunk chunk) {
        return pending.stream().anyMatch(later -> later.origin == chunk.origin && later.name.equals(chunk.name));
    }

    private void send(Chunk chunk, String text) {
        if (text.isEmpty()) {
            return;
        }
        var content = new JsonObject();
        content.addProperty("name", chunk.name);
        content.addProperty("text", text);
        if (chunk.origin.keeps("stream", content)) {
            return;
        }
        publisher.publish("stream", content, chunk.origin.header());
    }

    /** The front end has emptied the output of a cell: its limit counts afresh, unless it has been passed. */
    void cleared(Origin origin) {
        synchronized (pending) {
            Overflow known = overflows.get(origin);
            if (known != null && !known.isOver()) {
                overflows.remove(origin);
                printer = null;
            }
        }
    }

    private void append(String name, byte[] bytes, int offset, int length) {
        Origin origin = Origin.current();
        if (origin.silent()) {
            return;
        }
        boolean full;
        synchronized (pending) {
            full = append(origin, name, bytes, offset, length);
            if (!scheduled && !full) {
                scheduled = true;
                var unused = timer.schedule(this::flush, DELAY_MS, TimeUnit.MILLISECONDS);
            }
        }
        if (full) {
            flush();
        }
    }

    private boolean append(Origin origin, String name, byte[] bytes, int offset, int length) {
        int sent = length;
        String note = "";
        if (limit.bytes() > 0) {
            Overflow counter = overflowOf(origin);
            sent = counter.accept(bytes, offset, length);
            note = counter.takeNote();
            if (counter.isOver()) {
                unwritten.add(counter);
                if (sent == 0 && note.isEmpty()) {
                    return false;
                }
            }
        }
        Chunk last = pending.peekLast();
        if (last == null || last.origin != origin || !last.name.equals(name)) {
            last = new Chunk(origin, name);
            pending.addLast(last);
        }
        last.bytes.write(bytes, offset, sent);
        last.bytes.writeBytes(note.getBytes(StandardCharsets.UTF_8));
        return last.size() >= FULL;
    }

    @SuppressWarnings("ReferenceEquality")
    private Overflow overflowOf(Origin origin) {
        Overflow known = overflow;
        if (known == null || printer != origin) {
            known = overflows.computeIfAbsent(origin, any -> new Overflow(limit));
            overflow = known;
            printer = origin;
        }
        return known;
    }

    /** Bytes of one stream of one cell, in the order of writing. */
    private static final class Chunk {
        private final Origin origin;
        private final String name;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Chunk(Origin origin, String name) {
            this.origin = origin;
            this.name = name;
        }

        int size() {
            return bytes.size();
        }

        /** Takes all whole characters; an unfinished UTF-8 sequence at the end stays. */
        String take() {
            byte[] all = bytes.toByteArray();
            int end = all.length;
            int back = Math.max(0, end - 3);
            for (int i = end - 1; i >= back; i--) {
                int b = all[i] & 0xff;
                if (b >= 0xc0) {
                    int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                    end = i + length > end ? i : end;
                    break;
                }
                if (b < 0x80) {
                    break;
                }
            }
            bytes.reset();
            bytes.write(all, end, all.length - end);
            return new String(all, 0, end, StandardCharsets.UTF_8);
        }
    }

    private final class Target extends OutputStream {
        private final String name;

        Target(String name) {
            this.name = name;
        }

        @Override
        public void write(int b) {
            append(name, new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            append(name, bytes, offset, length);
        }
    }
}
