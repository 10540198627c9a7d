package touchstone.nn.cuda;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The kernels, compiled for the processor by g++ once a run of the tests. */
final class Emulator {
    private static final long MINUTES = 5; // it takes 4 s on a quiet machine
    private static final Path FILE = build();
    private static final Calls CALLS = Native.load(FILE.toString(), Calls.class);

    private Emulator() {}

    /** The library's functions; see src/test/cuda/emulator.cpp. */
    @SuppressWarnings("checkstyle:MethodName") // names of the library
    interface Calls extends Library {
        int ts_emulate(
                String kernel, int gx, int gy, int gz, int bx, int by, int bz, int sharedBytes, Pointer arguments);

        int ts_emulated(String kernel);

        void ts_emulator_order(int order);
    }

    static Calls calls() {
        return CALLS;
    }

    /** The library, for others that load it. */
    static Path file() {
        return FILE;
    }

    private static Path build() {
        try {
            Path folder = Files.createTempDirectory("ts-emulator");
            folder.toFile().deleteOnExit();
            Path script = KernelSource.ROOT.resolve("src/test/cuda/emulator.sh");
            Process process = new ProcessBuilder(
                            "sh", script.toString(), folder.toString(), KernelSource.FAULTS.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "the emulator was not built; it needs g++:\n" + KernelSource.text(folder.resolve("log")));
            }
            for (String name : new String[] {"log", "names.inc", "sources.inc"}) {
                Files.delete(folder.resolve(name));
            }
            Path library = folder.resolve("libtsemulator.so");
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
