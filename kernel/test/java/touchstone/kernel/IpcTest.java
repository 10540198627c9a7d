package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.protocol.Codec;
import touchstone.kernel.protocol.ConnectionInfo;
import touchstone.kernel.protocol.Message;

/** A kernel on Unix domain sockets, as {@code "transport": "ipc"} asks for. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class IpcTest {
    private static final Codec CODEC = new Codec(WireClient.KEY);

    @TempDir
    Path folder;

    private Process process;

    @BeforeEach
    void start() throws Exception {
        process = kernel(folder.resolve("k").toString());
        for (int i = 0; i < 300 && !answers(socket(2)); i++) {
            Thread.sleep(50); // 2 is IOPub, the last one that is bound
        }
    }

    private static boolean answers(Path socket) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    private Path socket(int port) {
        return folder.resolve("k-" + port);
    }

    private Process kernel(String prefix) throws IOException {
        var info = new ConnectionInfo("ipc", prefix, 1, 2, 3, 4, 5, WireClient.KEY, "hmac-sha256");
        Path file = folder.resolve("connection.json");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, info.toJson());
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "touchstone.kernel.Main",
                file.toString());
        builder.environment().put("TOUCHSTONE_HISTORY", "off");
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("kernel.log").toFile())
                .start();
    }

    private static Message message(String type, Object... content) {
        return Message.of(type, WireClient.content(content), new JsonObject(), "tests");
    }

    private String run(String code) throws Exception {
        try (var shell = new UnixClient(socket(1), "DEALER", "me");
                var iopub = new UnixClient(socket(2), "SUB", "")) {
            iopub.send(List.of(new byte[] {1}));
            assertEquals("iopub_welcome", CODEC.decode(iopub.receive()).type());
            Message request = message("execute_request", "code", code);
            shell.send(CODEC.encode(request));
            Message reply = CODEC.decode(shell.receive());
            assertEquals(request.id(), reply.parentId());
            String result = "";
            while (true) {
                Message each = CODEC.decode(iopub.receive());
                if (each.type().equals("execute_result")) {
                    result = each.content()
                            .getAsJsonObject("data")
                            .get("text/plain")
                            .getAsString();
                }
                if (each.type().equals("status")
                        && each.parentId().equals(request.id())
                        && each.content().get("execution_state").getAsString().equals("idle")) {
                    return result;
                }
            }
        }
    }

    @Test
    void aCellRunsAndNobodyElseCanReachTheKernel() throws Exception {
        assertEquals("2", run("1+1"));
        String big = run("\"ab\".repeat(500_000)");
        assertEquals(1_000_000, big.length());
        for (int port = 1; port <= 5; port++) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket(port))));
        }
        if (OS.LINUX.isCurrentOs()) {
            assertEquals(Set.of(), Proc.listeners(process.pid()), "no TCP port");
        }
    }

    @Test
    void aFrontEndThatComesBackTakesItsNameOver() throws Exception {
        try (var old = new UnixClient(socket(4), "DEALER", "me");
                var fresh = new UnixClient(socket(4), "DEALER", "me")) {
            Message request = message("kernel_info_request");
            fresh.send(CODEC.encode(request));
            assertEquals(request.id(), CODEC.decode(fresh.receive()).parentId());
            assertThrows(IOException.class, old::receive, "the old connection has ended");
            fresh.send(CODEC.encode(message("kernel_info_request")));
            assertEquals("kernel_info_reply", CODEC.decode(fresh.receive()).type());
        }
    }

    @Test
    void theHeartbeatEchoesAndShutdownRemovesTheFiles() throws Exception {
        try (var beat = new UnixClient(socket(5), "REQ", "");
                var control = new UnixClient(socket(4), "DEALER", "me")) {
            beat.send(List.of(new byte[0], "ping".getBytes(StandardCharsets.UTF_8)));
            assertEquals("ping", new String(beat.receive().get(1), StandardCharsets.UTF_8));
            control.send(CODEC.encode(message("shutdown_request", "restart", false)));
            assertEquals("shutdown_reply", CODEC.decode(control.receive()).type());
        }
        assertTrue(process.waitFor(5, TimeUnit.SECONDS));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    left.filter(each -> each.getFileName().toString().startsWith("k-"))
                            .toList());
        }
    }

    @Test
    void nonsenseAndForgeriesAreSurvived() throws Exception {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            var unlucky = SocketChannel.open(UnixDomainSocketAddress.of(socket(1 + i % 5)));
            unlucky.write(ByteBuffer.wrap(bytes));
            unlucky.close();
        }
        try (var liar = new UnixClient(socket(1), "DEALER", "liar")) {
            liar.write(new byte[] {2, 127, -1, -1, -1, -1, -1, -1, -1});
            assertThrows(IOException.class, liar::receive, "a frame of 2^63 bytes ends the connection");
        }
        try (var forger = new UnixClient(socket(4), "DEALER", "forger")) {
            forger.send(new Codec("another-key").encode(message("shutdown_request", "restart", false)));
        }
        assertEquals("2", run("1+1"));
    }

    @Test
    void aDeadKernelsFileIsReplacedAndALiveOnesIsNot() throws Exception {
        process.destroyForcibly().waitFor();
        assertTrue(Files.exists(socket(1)), "a killed kernel leaves its sockets behind");
        start();
        assertEquals("2", run("1+1"));
        Process second = kernel(folder.resolve("k").toString());
        assertTrue(second.waitFor(20, TimeUnit.SECONDS));
        assertEquals(4, second.exitValue());
        String log = Files.readString(folder.resolve("kernel.log"));
        assertTrue(log.matches("touchstone-kernel: cannot bind the heartbeat socket to \\S+k-5: .*in use\\s*"), log);
        assertEquals("2", run("1+1"));
    }

    @Test
    void aPathThatIsTooLongIsToldInOneSentence() throws Exception {
        process.destroyForcibly().waitFor();
        Process tooLong = kernel(folder.resolve("x".repeat(120)).toString());
        assertTrue(tooLong.waitFor(20, TimeUnit.SECONDS));
        String log = Files.readString(folder.resolve("kernel.log"));
        assertTrue(log.contains("too long"), log);
        assertEquals(1, log.strip().lines().count(), log);
        assertFalse(log.contains("Exception"), log);
    }
}
