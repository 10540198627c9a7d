package touchstone.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Connections that speak no ZeroMQ, or only its first words. The last few are left open for a while. */
final class RawTcp implements AutoCloseable {
    private static final int OPEN = 50;

    private final RandomGenerator random;
    private final int[] ports;
    private final Deque<Socket> open = new ArrayDeque<>();

    RawTcp(RandomGenerator random, int... ports) {
        this.random = random;
        this.ports = ports;
    }

    void send() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), ports[random.nextInt(ports.length)]);
        open.add(socket);
        try {
            socket.getOutputStream().write(garbage());
        } catch (IOException e) {
            // the kernel hung up first, as it may
            socket.close();
        }
        if (open.size() > OPEN) {
            open.remove().close();
        }
    }

    private byte[] garbage() {
        var bytes = new ByteArrayOutputStream();
        int depth = random.nextInt(5);
        if (depth == 1) {
            bytes.writeBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (depth >= 2) {
            bytes.writeBytes(greeting());
        }
        if (depth >= 3) {
            bytes.writeBytes(ready(random.nextInt(3) == 0 ? "NONSENSE" : "DEALER"));
        }
        if (depth >= 4) {
            bytes.writeBytes(frameOfSize(hugeOrWrong()));
        }
        var rest = new byte[random.nextInt(200)];
        random.nextBytes(rest);
        bytes.writeBytes(rest);
        return bytes.toByteArray();
    }

    /** ZMTP 3.0, mechanism NULL. */
    private static byte[] greeting() {
        ByteBuffer greeting = ByteBuffer.allocate(64);
        greeting.put((byte) 0xff).putLong(0).put((byte) 0x7f).put((byte) 3).put((byte) 0);
        greeting.put("NULL".getBytes(StandardCharsets.US_ASCII));
        return greeting.array();
    }

    private static byte[] ready(String socketType) {
        byte[] type = socketType.getBytes(StandardCharsets.US_ASCII);
        int length = 6 + 1 + 11 + 4 + type.length;
        ByteBuffer ready = ByteBuffer.allocate(2 + length);
        ready.put((byte) 4).put((byte) length);
        ready.put((byte) 5).put("READY".getBytes(StandardCharsets.US_ASCII));
        ready.put((byte) 11).put("Socket-Type".getBytes(StandardCharsets.US_ASCII));
        ready.putInt(type.length).put(type);
        return ready.array();
    }

    private static byte[] frameOfSize(long size) {
        return ByteBuffer.allocate(9).put((byte) 2).putLong(size).array();
    }

    private long hugeOrWrong() {
        return switch (random.nextInt(5)) {
            case 0 -> -1;
            case 1 -> Long.MAX_VALUE;
            case 2 -> Integer.MAX_VALUE;
            case 3 -> (1L << 30) - 1;
            default -> 1L << 31;
        };
    }

    /** Ends the connections that are open: each may hold a frame as large as its peer said it would be. */
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
