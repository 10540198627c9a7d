package touchstone.kernel.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * ND4J's own CUDA build, nd4j-cuda-11.6 of 1.0.0-M2.1: whether it can run, and its jars. It holds machine code for compute
 * capability 3.7 to 8.6, which a later 8.x runs too, and nothing that a driver could translate for other cards.
 *
 * @param folder where jars may lie already, {@code lib/cuda} of the distribution
 * @param report asked for what the machine has
 * @param jars fetches them otherwise
 */
public record Nd4jCuda(Path folder, Supplier<CudaReport> report, Nd4jCudaJars jars) {
    /** The one platform whose jars are taken. */
    static final String PLATFORM = "linux-x86_64";

    private static final int OLDEST = 37;
    private static final int TOO_NEW = 90;
    /** By NVIDIA's table of minor version compatibility, programs of CUDA 11.x run with any driver of CUDA 11.0 or later. */
    private static final double OLDEST_CUDA = 11.0;

    private static final String CANNOT = "TOUCHSTONE_BACKEND=nd4j-cuda cannot run here: ";
    private static final String OTHERWISE = "use TOUCHSTONE_BACKEND=cpu";

    /** The jars, fetched where they are not there yet; a {@link BackendException} where they cannot run or be had. */
    public List<Path> provide(FetchWatcher watcher) {
        Optional<String> refusal = refusal(report.get(), platform());
        if (refusal.isPresent()) {
            throw new BackendException(CANNOT + refusal.get());
        }
        List<Path> here = installed();
        try {
            return here.isEmpty() ? jars.fetch(watcher) : here;
        } catch (BackendException e) {
            throw new BackendException(CANNOT + e.getMessage() + ", or " + OTHERWISE, e);
        }
    }

    /** The jars that are on this machine, without asking anybody; none where one is missing. */
    public List<Path> present() {
        List<Path> here = installed();
        return here.isEmpty() ? jars.cached() : here;
    }

    /** Where its jars are, or how large they are, as a line of a report. */
    public String jarsLine() {
        if (!installed().isEmpty()) {
            return "its jars are in " + folder;
        }
        return jars.cached().isEmpty()
                ? DiskRoom.text(Nd4jCudaJars.bytes()) + " of jars are fetched on first use"
                : "its jars are in the local Maven repository";
    }

    private List<Path> installed() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why it cannot run, with what to do; empty where nothing is in its way. */
    public static Optional<String> refusal(CudaReport report, String platform) {
        if (!platform.equals(PLATFORM)) {
            return Optional.of(
                    "ND4J's CUDA jars are taken for " + PLATFORM + ", and this is " + platform + ": " + OTHERWISE);
        }
        if (report.driver().isEmpty()) {
            return Optional.of(report.problems().stream()
                    .findFirst()
                    .orElse("there is no NVIDIA driver: install one, or " + OTHERWISE));
        }
        if (!report.driverCuda().isEmpty() && Double.parseDouble(report.driverCuda()) < OLDEST_CUDA) {
            return Optional.of("the NVIDIA driver knows CUDA up to " + report.driverCuda()
                    + ", ND4J's CUDA build needs a driver for CUDA " + OLDEST_CUDA
                    + " (release 450) or newer: update the driver, or " + OTHERWISE);
        }
        if (report.cards().isEmpty()) {
            return Optional.of(report.problems().stream()
                    .findFirst()
                    .orElse("the driver sees no card: see whether nvidia-smi lists one, or " + OTHERWISE));
        }
        return refusal(report.cards().get(0)); // ND4J takes the first visible card
    }

    private static Optional<String> refusal(CudaReport.Card card) {
        int capability = 10 * card.major() + card.minor();
        if (capability >= OLDEST && capability < TOO_NEW) {
            return Optional.empty();
        }
        boolean old = capability < OLDEST;
        return Optional.of("the card " + card.name() + " has compute capability " + card.capability()
                + ", and ND4J's CUDA build has machine code for 3.7 to 8.x alone: use "
                + (old ? "TOUCHSTONE_BACKEND=cpu" : "TOUCHSTONE_BACKEND=cuda, the library's own, or cpu"));
    }

    /** This platform in the words of native jars, such as {@code linux-x86_64}. */
    public static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String system = os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : "linux";
        return system + "-" + (arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm64" : arch);
    }
}
