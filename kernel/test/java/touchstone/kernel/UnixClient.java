package touchstone.kernel;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A DEALER or SUB in ZMTP 3.0 on a Unix domain socket, written from the specification (ZeroMQ RFC 23). */
final class UnixClient implements AutoCloseable {
    private static final String GREETING = "ff00000000000000017f" + "0300" + "4e554c4c" + "00".repeat(16 + 1 + 31);

    private final SocketChannel channel;

    UnixClient(Path file, String type, String identity) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
        write(HexFormat.of().parseHex(GREETING));
        byte[] theirs = read(64);
        if (theirs[0] != -1 || theirs[10] != 3) {
            throw new IOException("no ZMTP 3: " + HexFormat.of().formatHex(theirs));
        }
        byte[] ready = ("\5READY\13Socket-Type\0\0\0" + (char) type.length() + type + "\10Identity\0\0\0"
                        + (char) identity.length() + identity)
                .getBytes(StandardCharsets.US_ASCII);
        write(new byte[] {4, (byte) ready.length});
        write(ready);
        read(1);
        read(read(1)[0]);
    }

    void send(List<byte[]> frames) throws IOException {
        for (int i = 0; i < frames.size(); i++) {
            int more = i + 1 < frames.size() ? 1 : 0;
            write(ByteBuffer.allocate(9)
                    .put((byte) (2 | more))
                    .putLong(frames.get(i).length)
                    .array());
            write(frames.get(i));
        }
    }

    List<byte[]> receive() throws IOException {
        var frames = new ArrayList<byte[]>();
        int flags;
        do {
            flags = read(1)[0];
            long size = (flags & 2) != 0 ? ByteBuffer.wrap(read(8)).getLong() : read(1)[0] & 0xff;
            frames.add(read((int) size));
        } while ((flags & 1) != 0);
        return frames;
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    private byte[] read(int size) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(size);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new EOFException("the kernel closed the connection");
            }
        }
        return into.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
