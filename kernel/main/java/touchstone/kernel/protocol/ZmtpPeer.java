package touchstone.kernel.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection in ZMTP 3.0, ZeroMQ's wire protocol, without a security mechanism. A byte of 1 and a topic, as a message
 * of their own, are a subscription in this version. One thread reads, one writes.
 */
final class ZmtpPeer {
    private static final int MORE = 1;
    private static final int LONG = 2;
    private static final int COMMAND = 4;
    private static final int GREETING = 64;
    private static final byte[] MECHANISM = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_ROOM = 1 << 20;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(32 << 10).limit(0);
    private byte[] identity = {};

    ZmtpPeer(SocketChannel channel) {
        this.channel = channel;
    }

    /** The name the peer goes by, empty where it gave none; known after {@link #shakeHands}. */
    byte[] identity() {
        return identity;
    }

    /** Exchanges greetings and socket types; fails when the peer does not speak ZMTP 3. */
    void shakeHands(String socketType) throws IOException {
        var greeting = new byte[GREETING];
        greeting[0] = (byte) 0xff;
        greeting[8] = 1;
        greeting[9] = 0x7f;
        greeting[10] = 3;
        System.arraycopy(MECHANISM, 0, greeting, 12, MECHANISM.length);
        write(ByteBuffer.wrap(greeting));
        byte[] theirs = read(GREETING);
        boolean zmtp3 = theirs[0] == (byte) 0xff && (theirs[9] & 1) == 1 && theirs[10] >= 3;
        if (!zmtp3 || !Arrays.equals(theirs, 12, 32, Arrays.copyOf(MECHANISM, 20), 0, 20)) {
            throw new IOException("a peer does not speak ZMTP 3 with the mechanism NULL");
        }
        write(ready(socketType));
        byte[] command = frame(read(1)[0] & 0xff);
        ByteBuffer body = ByteBuffer.wrap(command);
        if (!text(body, body.get() & 0xff).equals("READY")) {
            throw new IOException("a peer's first command is not READY");
        }
        while (body.hasRemaining()) {
            String name = text(body, body.get() & 0xff);
            var value = new byte[Math.max(0, Math.min(body.getInt(), body.remaining()))];
            body.get(value);
            identity = name.equalsIgnoreCase("Identity") ? value : identity;
        }
    }

    /** The next message, frame by frame; null at the end of the connection. */
    @Nullable
    List<byte[]> receive() throws IOException {
        var frames = new ArrayList<byte[]>();
        long size = 0;
        while (in.hasRemaining() || fill()) {
            int flags = read(1)[0] & 0xff;
            byte[] frame = frame(flags);
            if ((flags & COMMAND) != 0) {
                continue; // none is due in version 3.0
            }
            frames.add(frame);
            size += frame.length;
            if (size > Loop.MAX_FRAME_BYTES) {
                throw new IOException("a message is longer than " + Loop.MAX_FRAME_BYTES + " bytes");
            }
            if ((flags & MORE) == 0) {
                return frames;
            }
        }
        return null;
    }

    /** Sends a message; waits while the peer does not read. */
    void send(List<byte[]> frames) throws IOException {
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            boolean isLong = frame.length > 255;
            int more = i + 1 < frames.size() ? MORE : 0;
            ByteBuffer head = ByteBuffer.allocate(9).put((byte) (more | (isLong ? LONG : 0)));
            head = isLong ? head.putLong(frame.length) : head.put((byte) frame.length);
            ByteBuffer[] both = {head.flip(), ByteBuffer.wrap(frame)};
            while (both[0].hasRemaining() || both[1].hasRemaining()) {
                channel.write(both);
            }
        }
    }

    private static ByteBuffer ready(String socketType) {
        byte[] type = socketType.getBytes(StandardCharsets.US_ASCII);
        byte[] body = ("\5READY\13Socket-Type\0\0\0" + (char) type.length + socketType + "\10Identity\0\0\0\0")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + body.length)
                .put((byte) COMMAND)
                .put((byte) body.length)
                .put(body)
                .flip();
    }

    private static String text(ByteBuffer from, int length) throws IOException {
        if (length > from.remaining()) {
            throw new IOException("a peer's command is cut short");
        }
        var bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The body of a frame whose flags have been read. */
    private byte[] frame(int flags) throws IOException {
        long size = (flags & LONG) != 0 ? ByteBuffer.wrap(read(8)).getLong() : read(1)[0] & 0xff;
        if (flags > (MORE | LONG | COMMAND) || size < 0 || size > Loop.MAX_FRAME_BYTES) {
            throw new IOException("a frame with flags " + flags + " and " + Long.toUnsignedString(size) + " bytes");
        }
        return read((int) size);
    }

    /** Exactly so many bytes; room for them grows as they arrive, for the size is but the peer's word. */
    private byte[] read(int size) throws IOException {
        var bytes = new byte[Math.min(size, FIRST_ROOM)];
        int at = 0;
        while (at < size) {
            if (at == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * at));
            }
            if (!in.hasRemaining() && !fill()) {
                throw new EOFException("the connection ended within a message");
            }
            int some = Math.min(in.remaining(), bytes.length - at);
            in.get(bytes, at, some);
            at += some;
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        in.clear();
        int count = ((ReadableByteChannel) channel).read(in);
        in.flip();
        return count > 0;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it is gone either way
        }
    }
}
