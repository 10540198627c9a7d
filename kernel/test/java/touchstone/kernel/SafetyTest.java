package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.protocol.Codec;
import touchstone.kernel.protocol.Message;

/** Who can reach a kernel, and what it gives away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SafetyTest {
    @TempDir
    static Path folder;

    private WireClient kernel;

    @BeforeAll
    void start() throws Exception {
        kernel = new WireClient(folder, Map.of("JDK_JAVA_OPTIONS", "-Dslf4j.provider=" + LogToStderr.class.getName()));
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyTheGivenAddressIsBound() throws Exception {
        kernel.execute("1");
        var info = kernel.info;
        Set<InetSocketAddress> expected = IntStream.of(
                        info.shellPort(), info.iopubPort(), info.stdinPort(), info.controlPort(), info.hbPort())
                .mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .collect(Collectors.toSet());
        assertEquals(expected, Proc.listeners(kernel.process.pid()));
    }

    @Test
    void theKeyIsNeitherLoggedNorInTheProcessesArguments() throws Exception {
        Message forged = Message.of("shutdown_request", new JsonObject(), new JsonObject(), kernel.session);
        WireClient.sendFrames(kernel.shell, new Codec("another-key").encode(forged));
        WireClient.sendFrames(
                kernel.control, List.of(WireClient.KEY.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        kernel.execute("throw new IllegalStateException();");
        kernel.execute("no_such_name");
        kernel.requestOnControl("kernel_info_request", new JsonObject());
        String log = Files.readString(folder.resolve("kernel.log"));
        assertTrue(log.contains("wrong signature"), log);
        assertTrue(log.contains("control: ignored a message of"), log);
        assertFalse(log.contains(WireClient.KEY), log);
        assertFalse(kernel.process.info().commandLine().orElse("").contains(WireClient.KEY));
    }

    @Test
    void aConnectionFileThatOthersCanReadIsToldOnce() throws Exception {
        assertFalse(Files.readString(folder.resolve("kernel.log")).contains("others can read"));
        Path open = Files.createDirectory(folder.resolve("open"));
        Path file = open.resolve("connection.json");
        Files.writeString(file, "{\"shell_port\":\"x\",\"key\":\"" + WireClient.KEY + "\"}");
        for (String mode : List.of("rw-r--r--", "rw-r-----", "rw-------")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "touchstone.kernel.Main",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(4, process.exitValue(), said);
            assertTrue(said.contains("lacks a port or holds one that is no number"), said);
            assertFalse(said.contains(WireClient.KEY), said);
            assertEquals(mode.equals("rw-------") ? 0 : 1, said.split("others can read " + file, -1).length - 1, said);
        }
    }
}
