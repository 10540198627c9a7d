package touchstone.kernel.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentence for each thing that may stand in the way of a backend. */
class Nd4jCudaTest {
    private static final String HERE = "linux-x86_64";

    private static CudaReport machine(String cuda, CudaReport.Card... cards) {
        return new CudaReport("libcuda.so.1", cuda, "", List.of(cards), List.of(), List.of());
    }

    private static CudaReport.Card card(String name, int capability) {
        return new CudaReport.Card(0, name, capability / 10, capability % 10, 16L << 30, 40);
    }

    private static String refusal(CudaReport report) {
        return Nd4jCuda.refusal(report, HERE).orElse("");
    }

    @ParameterizedTest
    @CsvSource({"37", "52", "61", "70", "75", "80", "86", "87", "89"})
    void cardsOfKeplerToAdaRun(int capability) {
        assertEquals("", refusal(machine("11.0", card("A card", capability))));
        assertEquals("", refusal(machine("13.0", card("A card", capability))));
    }

    @Test
    void aCardThatIsTooNewIsSentToTheLibrarysOwnBackend() {
        assertEquals(
                "the card NVIDIA H200 has compute capability 9.0, and ND4J's CUDA build has machine code for 3.7 to 8.x"
                        + " alone: use TOUCHSTONE_BACKEND=cuda, the library's own, or cpu",
                refusal(machine("12.4", card("NVIDIA H200", 90))));
        assertEquals(false, refusal(machine("13.0", card("NVIDIA B200", 100))).isEmpty());
        assertEquals(false, refusal(machine("13.0", card("RTX PRO", 120))).isEmpty());
    }

    @Test
    void aCardThatIsTooOldIsSentToTheProcessor() {
        assertEquals(
                "the card Tesla K20 has compute capability 3.5, and ND4J's CUDA build has machine code for 3.7 to 8.x alone:"
                        + " use TOUCHSTONE_BACKEND=cpu",
                refusal(machine("11.4", card("Tesla K20", 35))));
    }

    @Test
    void anOldDriverIsNamedWithTheOneNeeded() {
        assertEquals(
                "the NVIDIA driver knows CUDA up to 10.2, ND4J's CUDA build needs a driver for CUDA 11.0 (release 450) or"
                        + " newer: update the driver, or use TOUCHSTONE_BACKEND=cpu",
                refusal(machine("10.2", card("Tesla T4", 75))));
        assertEquals(true, refusal(machine("9.2", card("Tesla T4", 75))).contains("up to 9.2"));
    }

    @Test
    void withoutADriverOrACardTheLibrarysReasonIsGiven() {
        String reason = "the NVIDIA driver's library was not found (libcuda.so.1): install the NVIDIA driver";
        var none = new CudaReport("", "", "", List.of(), List.of(), List.of(reason, "cuBLAS was not found"));
        assertEquals(reason, refusal(none));
        var hidden = new CudaReport("libcuda.so.1", "12.4", "", List.of(), List.of(), List.of("cuInit failed"));
        assertEquals("cuInit failed", refusal(hidden));
    }

    @Test
    void otherPlatformsHaveNoJars() {
        assertEquals(
                Optional.of("ND4J's CUDA jars are taken for linux-x86_64, and this is macosx-arm64: use"
                        + " TOUCHSTONE_BACKEND=cpu"),
                Nd4jCuda.refusal(machine("12.4", card("A card", 80)), "macosx-arm64"));
    }

    @Test
    void theOwnBackendNeedsEveryPieceAndTheProcessorNone() {
        var report = new CudaReport("libcuda.so.1", "12.4", "550.54.15", List.of(), List.of(), List.of("one", "two"));
        assertEquals(Optional.of("one; two"), Choice.CUDA.refusal(report));
        assertEquals(Optional.empty(), Choice.CUDA.refusal(machine("12.4", card("A card", 90))));
        assertEquals(Optional.empty(), Choice.CPU.refusal(report));
        assertEquals("libcuda.so.1, release 550.54.15, for CUDA up to 12.4", report.driverLine());
        assertEquals("no cuBLAS 11, 12 or 13 is found", report.librariesLine());
        assertEquals(
                "A card, compute capability 7.5, 16384 MiB", card("A card", 75).line());
    }

    @Test
    void theVariableHasThreeValues() {
        assertEquals(Choice.CPU, Choice.of(Map.of()));
        assertEquals(Choice.CPU, Choice.of(Map.of("TOUCHSTONE_BACKEND", "")));
        for (Choice choice : Choice.values()) {
            assertEquals(choice, Choice.of(Map.of("TOUCHSTONE_BACKEND", choice.word())));
        }
        for (String wrong : List.of("gpu", "CUDA", "nd4j_cuda", " cpu")) {
            var refused = assertThrows(BackendException.class, () -> Choice.of(Map.of("TOUCHSTONE_BACKEND", wrong)));
            assertEquals("TOUCHSTONE_BACKEND must be cpu, cuda or nd4j-cuda, was " + wrong, refused.getMessage());
        }
    }
}
