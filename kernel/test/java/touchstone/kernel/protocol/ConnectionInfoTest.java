package touchstone.kernel.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionInfoTest {
    private static final ConnectionInfo INFO =
            new ConnectionInfo("tcp", "127.0.0.1", 1, 2, 3, 4, 5, "the-key", "hmac-sha256");

    @TempDir
    Path folder;

    @Test
    void readsWhatItWrites() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), INFO.toJson());
        assertEquals(INFO, ConnectionInfo.read(file));
        assertEquals("tcp://127.0.0.1:3", INFO.endpoint(3));
    }

    @Test
    void itsTextHoldsNoKey() {
        assertFalse(INFO.toString().contains("the-key"), INFO.toString());
    }

    @Test
    void aBadFileIsNamed() throws IOException {
        for (String bad : new String[] {"", "[]", "{}", "{\"shell_port\": \"x\"}", "not json at all {"}) {
            Path file = Files.writeString(folder.resolve("bad.json"), bad);
            var thrown = assertThrows(IOException.class, () -> ConnectionInfo.read(file), bad);
            assertTrue(thrown.getMessage().contains(file.toString()), thrown.getMessage());
        }
    }

    @Test
    void anUnknownSchemeOrTransportIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), INFO.toJson().replace("hmac-sha256", "hmac-md5"));
        var thrown = assertThrows(IOException.class, () -> ConnectionInfo.read(file));
        assertTrue(thrown.getMessage().contains("hmac-md5"), thrown.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new ConnectionInfo("udp", "127.0.0.1", 1, 2, 3, 4, 5, "", "hmac-sha256"));
    }
}
