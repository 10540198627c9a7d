package touchstone.kernel.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplaysTest {
    private final Replays replays = new Replays();

    /** A text of 64 hexadecimal digits that begins differently for each number. */
    private static byte[] signature(long number) {
        return String.format("%016x", number * 0x9e3779b97f4a7c15L).repeat(4).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aSignatureIsNewOnce() {
        assertFalse(replays.isReplay(signature(1)));
        assertFalse(replays.isReplay(signature(2)));
        assertTrue(replays.isReplay(signature(1)));
        assertFalse(replays.isReplay(new byte[0]), "an unsigned message");
        assertFalse(replays.isReplay(new byte[0]));
    }

    @Test
    void theMemoryIsBounded() {
        for (long i = 0; i < 100_000; i++) {
            assertFalse(replays.isReplay(signature(i)));
        }
        assertEquals(32_768, replays.size());
        assertTrue(replays.isReplay(signature(100_000 - 32_768)));
        assertFalse(replays.isReplay(signature(100_000 - 32_770)), "older than the window");
    }
}
