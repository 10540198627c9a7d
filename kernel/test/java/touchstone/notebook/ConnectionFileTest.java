package touchstone.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.protocol.ConnectionInfo;

class ConnectionFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void portsAndKeysAreNeverGivenOutTwice() throws Exception {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            ConnectionInfo info = ConnectionFile.fresh();
            seen.addAll(List.of(
                    info.shellPort(),
                    info.iopubPort(),
                    info.stdinPort(),
                    info.controlPort(),
                    info.hbPort(),
                    info.key()));
            assertEquals(64, info.key().length());
        }
        assertEquals(120, seen.size());
    }

    @Test
    void onlyTheUserCanReadTheFile() throws Exception {
        ConnectionInfo info = ConnectionFile.fresh();
        Path file = ConnectionFile.write(info, folder.resolve("kernel.json"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(info, ConnectionInfo.read(file));
    }
}
