package touchstone.nn.cuda;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A driver and a cuBLAS without a card, compiled by gcc once a run of the tests; see src/test/cuda/stubcuda.c. */
final class Stub {
    private static final long MINUTES = 5; // it takes a second on a quiet machine
    private static final Path FILE = build();
    private static final Calls CALLS = start();

    private Stub() {}

    /** What the stub has beyond the driver's functions. */
    interface Calls extends Library {
        void stub_set(String name, long value);

        void stub_reset();

        int stub_emulator(String path);

        long stub_count(String what);

        long stub_torn();

        long stub_math();
    }

    static Calls calls() {
        return CALLS;
    }

    /** The stub in the place of driver and cuBLAS. */
    static Libraries libraries() {
        return new Libraries(List.of(FILE.toString()), List.of(FILE.toString()));
    }

    /** A backend on the stub. */
    static CudaBackend backend() {
        return Cuda.open(CudaOptions.defaults(), libraries());
    }

    static CudaBackend backend(CudaOptions options) {
        return Cuda.open(options, libraries());
    }

    private static Calls start() {
        Calls calls = Native.load(FILE.toString(), Calls.class);
        if (calls.stub_emulator(Emulator.file().toString()) != 1) {
            throw new IllegalStateException("the stub did not take the emulator " + Emulator.file());
        }
        return calls;
    }

    private static Path build() {
        try {
            Path folder = Files.createTempDirectory("ts-stub");
            folder.toFile().deleteOnExit();
            Path library = folder.resolve("libstubcuda.so");
            Path source = KernelSource.ROOT.resolve("src/test/cuda/stubcuda.c");
            Path log = folder.resolve("log");
            Process process = new ProcessBuilder(
                            "gcc",
                            "-O2",
                            "-Wall",
                            "-Werror",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            source.toString(),
                            "-ldl",
                            "-lpthread")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the stub was not built; it needs gcc:\n" + KernelSource.text(log));
            }
            Files.delete(log);
            library.toFile().deleteOnExit();
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
