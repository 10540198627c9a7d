package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.WireClient.Answer;

/** A kernel whose backend cannot run refuses cells that may make an array, and no others. */
class BackendKernelTest {
    private static final String REFUSED = "TOUCHSTONE_BACKEND=nd4j-cuda cannot run here: NVIDIA's driver could not be"
            + " asked: the library is not on the class path";

    @TempDir
    Path folder = Path.of("");

    private static void assertRefused(Answer answer) {
        assertEquals("error", answer.status());
        assertEquals("BackendException", answer.content().get("ename").getAsString());
        assertEquals(REFUSED, answer.content().get("evalue").getAsString());
        assertFalse(answer.content().getAsJsonArray("traceback").toString().contains("touchstone.kernel"));
    }

    @Test
    void theCellIsRefusedInOneSentence() throws Exception {
        try (var kernel = new WireClient(folder, Map.of("TOUCHSTONE_BACKEND", "nd4j-cuda"))) {
            assertEquals("2", kernel.execute("1 + 1").result());
            assertRefused(kernel.execute("import org.example.Thing;"));
            assertRefused(kernel.execute("%backend --load"));
            String told = kernel.execute("%backend").stream("stdout");
            assertTrue(told.startsWith("TOUCHSTONE_BACKEND: nd4j-cuda\n"), told);
            assertTrue(
                    told.contains("nd4j-cuda: asked for, but cannot run here: NVIDIA's driver could not be asked"),
                    told);
        }
    }
}
