package touchstone.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What is demanded of bad arguments. */
public final class Refusal {
    private Refusal() {}

    /** Demands that a call is refused with exactly this sentence. */
    public static void assertMessage(String want, Executable call) {
        assertEquals(want, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
