package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.nn.Tensor;

/** What a machine may lack and what a card may do wrong, and the sentence that each gives. */
class CudaFaultsTest {
    private static final Stub.Calls STUB = Stub.calls();

    @AfterEach
    void noFaults() {
        STUB.stub_reset();
    }

    private static CudaFindings findings() {
        return CudaFindings.of(Stub.libraries(), Map.of());
    }

    private static String refusal() {
        String message = assertThrows(CudaException.class, Stub::backend).getMessage();
        assertTrue(findings().problems().contains(message), message);
        return message;
    }

    @Test
    void aFitMachineHasNoProblems() {
        STUB.stub_set("memory", 3L << 30);
        CudaFindings found = findings();
        assertEquals(
                new CudaFindings(
                        "libstubcuda.so",
                        "13.0",
                        CudaFindings.release(CudaFindings.KERNEL_MODULE),
                        List.of(new Card(0, "Stub card 0", 9, 0, 3L << 30, 4)),
                        List.of("libstubcuda.so 13.1.0"),
                        List.of()),
                found);
        assertTrue(found.fit());
    }

    @Test
    void withoutADriverNothingIsThere() {
        CudaFindings found =
                CudaFindings.of(new Libraries(List.of("libabsent.so.1"), List.of("libabsent.so.2")), Map.of());
        assertEquals("", found.driver());
        assertEquals(
                List.of(
                        "the NVIDIA driver's library was not found (libabsent.so.1): install the NVIDIA driver, or use"
                                + " TOUCHSTONE_BACKEND=cpu",
                        "cuBLAS 11, 12 or 13 was not found (libcublas.so.13, cublas64_13.dll and older): install NVIDIA's CUDA"
                                + " toolkit or its cuBLAS alone, or put the library's folder into TOUCHSTONE_CUDA_LIBRARIES"),
                found.problems());
    }

    @Test
    void aMachineWithoutACardIsToldSo() {
        STUB.stub_set("devices", 0);
        assertEquals(
                "cuInit failed with CUDA_ERROR_NO_DEVICE (100): no CUDA-capable device is detected; see whether nvidia-smi lists"
                        + " a card, and whether CUDA_VISIBLE_DEVICES hides it",
                refusal());
    }

    /** The committed PTX is of version 7.0, CUDA 11.0's. */
    @Test
    void anOldDriverIsNamedWithTheOneNeeded() {
        STUB.stub_set("version", 10_020);
        assertEquals(
                "the NVIDIA driver knows CUDA up to 10.2, our kernels need a driver for CUDA 11.0 or newer: update the driver",
                refusal());
    }

    @Test
    void anOldCardIsNamedWithWhatItLacks() {
        STUB.stub_set("capability", 50);
        assertEquals(
                "the card Stub card 0 has compute capability 5.0, our kernels need 7.5 (Turing, 2018) or newer: use"
                        + " TOUCHSTONE_BACKEND=cpu",
                refusal());
    }

    @Test
    void cublasOfALaterMajorVersionThanTheDriverIsRefused() {
        STUB.stub_set("version", 12_040);
        assertEquals(
                "libstubcuda.so 13.1.0 needs a driver for CUDA 13, this one knows CUDA up to 12.4: update the driver, or install"
                        + " NVIDIA's CUDA toolkit or its cuBLAS alone, or put the library's folder into TOUCHSTONE_CUDA_LIBRARIES",
                refusal());
        STUB.stub_set("blas_version", 120_409);
        Stub.backend().close();
        assertEquals(List.of("libstubcuda.so 12.4.9"), findings().libraries());
    }

    @Test
    void theVariableOfTheCardIsChecked() {
        STUB.stub_set("devices", 2);
        assertEquals(List.of(), problems("1"));
        assertEquals(
                List.of(
                        "TOUCHSTONE_CUDA_DEVICE must lie in [0, 2), was 2: name one of the cards that the driver sees, or unset"
                                + " it"),
                problems("2"));
        assertEquals(List.of("TOUCHSTONE_CUDA_DEVICE must be a card's number from 0 on, was 'two'"), problems("two"));
    }

    private static List<String> problems(String device) {
        return CudaFindings.of(Stub.libraries(), Map.of("TOUCHSTONE_CUDA_DEVICE", device))
                .problems();
    }

    @Test
    void aPrecisionForcedUponCublasIsRefused() {
        for (String harmless : List.of("0", "", " 0 ")) {
            Gemm.demandUnforced(Map.of("NVIDIA_TF32_OVERRIDE", harmless));
        }
        Gemm.demandUnforced(Map.of());
        assertEquals(
                List.of(
                        "NVIDIA_TF32_OVERRIDE=1 makes cuBLAS round the factors of every float32 product to 10 bits after the"
                                + " point: unset it, and use TOUCHSTONE_CUDA_MATH=tf32 where that is wanted"),
                CudaFindings.of(Stub.libraries(), Map.of("NVIDIA_TF32_OVERRIDE", "1"))
                        .problems());
    }

    @Test
    void theReleaseIsReadWhereLinuxShowsIt(@TempDir Path folder) throws IOException {
        Path absent = folder.resolve("absent");
        Path file = folder.resolve("version");
        Files.writeString(
                file, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 2024\nGCC 12.2.0\n");
        assertEquals("550.54.15", CudaFindings.release(List.of(absent, file)));
        Files.writeString(file, "580.65\n");
        assertEquals("580.65", CudaFindings.release(List.of(file)));
        assertEquals("", CudaFindings.release(List.of(absent)));
    }

    @Test
    void theDriverIsLookedForInTheNamedFoldersFirst() {
        Libraries libraries = Libraries.ofSystem(Map.of("TOUCHSTONE_CUDA_LIBRARIES", "/opt/a:/opt/b"));
        assertEquals(List.of("/opt/a/libcuda.so.1", "/opt/b/libcuda.so.1", "libcuda.so.1"), libraries.driver());
        assertEquals("/opt/a/libcublas.so.13", libraries.blas().get(1));
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Stub.backend(CudaOptions.defaults().withDevice(1)));
        assertEquals("device must lie in [0, 1), was 1", e.getMessage());
    }

    @Test
    void aFullCardSaysHowFullAndTheProcessLives() {
        STUB.stub_set("memory", 5L << 20);
        CudaBackend card = Stub.backend();
        Tensor held = card.zeros(512, 1024); // 2 MB
        card.fill(held, 1);
        Tensor large = card.zeros(1024, 1024); // 4 MB
        var e = assertThrows(CudaException.class, () -> card.fill(large, 1));
        assertEquals(Driver.OUT_OF_MEMORY, e.code());
        assertEquals(
                "the card's memory is full: asked for 4.0 MB, 2.0 MB in use here, 3.0 MB free of 5.0 MB; use smaller batches or a"
                        + " smaller model, let go of tensors, or end other programs on the card",
                e.getMessage());
        assertEquals(512 * 1024, card.sumOfSquares(held));
        CudaBackend.free(held);
        card.fill(large, 1);
        assertEquals(1024 * 1024, card.sumOfSquares(large));
        card.close();
    }

    @Test
    void theCapIsNamedWhereItIsTheLimit() {
        CudaBackend card = Stub.backend(CudaOptions.of(Map.of("TOUCHSTONE_CUDA_MEMORY", "1m")));
        var e = assertThrows(CudaException.class, () -> card.fill(card.zeros(1024, 1024), 1));
        assertTrue(e.getMessage().contains(", 1.0 MB allowed by TOUCHSTONE_CUDA_MEMORY; use"), e.getMessage());
        card.close();
    }

    @Test
    void aKernelThatFailsIsNamedAndSoIsWhatToDo() {
        CudaBackend card = Stub.backend();
        Tensor x = card.zeros(2, 3);
        card.fill(x, 1);
        STUB.stub_set("launch_fails_after", 1);
        var e = assertThrows(CudaException.class, () -> card.scale(2, x));
        String lost =
                ": unspecified launch failure; this or an earlier kernel failed and the card's context is lost: restart the"
                        + " notebook's kernel to use the card again (what lies in the processor's memory is not lost)";
        assertEquals("cuLaunchKernel of ts_scale failed with CUDA_ERROR_LAUNCH_FAILED (719)" + lost, e.getMessage());
        var after = assertThrows(CudaException.class, () -> x.get(0, 0));
        assertEquals(719, after.code());
        STUB.stub_reset();
        card.close();
    }

    @Test
    void ptxThatTheDriverCannotCompileComesWithItsLog() {
        CudaBackend card = Stub.backend();
        STUB.stub_set("bad_ptx", 1);
        var e = assertThrows(CudaException.class, () -> card.fill(card.zeros(1, 1), 1));
        assertEquals(
                "cuModuleLoadDataEx of elementwise.ptx [ptxas application ptx input, line 1; fatal: stub] failed with"
                        + " CUDA_ERROR_INVALID_PTX (218): a PTX JIT compilation failed; the driver cannot compile our PTX: update"
                        + " it, see touchstone doctor",
                e.getMessage());
        card.close();
    }

    @Test
    void cublasThatDoesNotStartIsNamed() {
        STUB.stub_set("blas_create", 1);
        long contexts = STUB.stub_count("contexts");
        var e = assertThrows(CudaException.class, Stub::backend);
        assertEquals("cublasCreate_v2 failed with CUBLAS_STATUS_NOT_INITIALIZED (1)", e.getMessage());
        assertEquals(contexts, STUB.stub_count("contexts"));
    }

    @Test
    void optionsAreReadFromTheEnvironment() {
        assertEquals(CudaOptions.defaults(), CudaOptions.of(Map.of("TOUCHSTONE_CUDA_MEMORY", " ")));
        assertEquals(
                new CudaOptions(2, 8L << 30, CudaOptions.Precision.EXACT),
                CudaOptions.of(Map.of("TOUCHSTONE_CUDA_MEMORY", "8G", "TOUCHSTONE_CUDA_DEVICE", "2")));
        assertEquals(
                123_456,
                CudaOptions.of(Map.of("TOUCHSTONE_CUDA_MEMORY", "123456")).cap());
        refused(
                "TOUCHSTONE_CUDA_MEMORY",
                "8 GB",
                "must be a number of bytes, or one with k, m or g such as 8g, was '8 GB'");
        refused("TOUCHSTONE_CUDA_DEVICE", "-1", "must be a card's number from 0 on, was '-1'");
        refused("TOUCHSTONE_CUDA_MATH", "fp16", "must be exact, tf32 or bf16, was 'fp16'");
    }

    private static void refused(String name, String value, String why) {
        var e = assertThrows(IllegalArgumentException.class, () -> CudaOptions.of(Map.of(name, value)));
        assertEquals(name + " " + why, e.getMessage());
    }

    /** NVIDIA's PTX manual, release history: 6.3 came with CUDA 10.0, 7.0 with 11.0, 7.8 with 11.8, 8.5 with 12.5, 8.7 with 12.8, 9.0 with 13.0. */
    @Test
    void ptxVersionsMapToDrivers() {
        int[][] history = {
            {63, 10_000}, {65, 10_020}, {70, 11_000}, {78, 11_080}, {85, 12_050}, {87, 12_080}, {90, 13_000}
        };
        for (int[] h : history) {
            assertEquals(h[1], Ptx.driverFor("// text\n.version " + h[0] / 10 + "." + h[0] % 10 + "\n.target sm_75\n"));
        }
    }
}
