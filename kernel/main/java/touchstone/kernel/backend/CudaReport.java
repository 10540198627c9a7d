package touchstone.kernel.backend;

import com.google.gson.Gson;
import java.util.List;
import java.util.Optional;

/**
 * What the library found of NVIDIA's, as {@link CudaProbe} tells it.
 *
 * @param driver soname of the driver's library, empty where there is none
 * @param driverCuda the newest CUDA that the driver knows, such as {@code 13.0}; empty where unknown
 * @param release of the driver, such as {@code 580.65.06}; empty where unknown
 * @param cards visible cards, in the driver's order
 * @param libraries each cuBLAS, with its version, such as {@code libcublas.so.13 13.1.0}
 * @param problems why the library's CUDA backend cannot run, with what to do; none where it can
 */
public record CudaReport(
        String driver,
        String driverCuda,
        String release,
        List<Card> cards,
        List<String> libraries,
        List<String> problems) {
    private static final long MIB = 1 << 20;

    /**
     * A card.
     *
     * @param major of its compute capability
     * @param minor of its compute capability
     * @param memory bytes
     */
    public record Card(int ordinal, String name, int major, int minor, long memory, int processors) {
        /** Compute capability, such as {@code 7.5}. */
        public String capability() {
            return major + "." + minor;
        }

        /** As a line of a report. */
        public String line() {
            return name + ", compute capability " + capability() + ", " + memory / MIB + " MiB";
        }
    }

    public CudaReport {
        cards = List.copyOf(cards);
        libraries = List.copyOf(libraries);
        problems = List.copyOf(problems);
    }

    /** Nothing could be asked, for this reason. */
    static CudaReport unknown(String reason) {
        return new CudaReport("", "", "", List.of(), List.of(), List.of(reason));
    }

    /** Empty where the text is no report. */
    static Optional<CudaReport> read(String json) {
        try {
            return Optional.ofNullable(new Gson().fromJson(json, CudaReport.class));
        } catch (RuntimeException e) { // no JSON, or a field is missing
            return Optional.empty();
        }
    }

    /** The driver as a line of a report; says so where there is none. */
    public String driverLine() {
        if (driver.isEmpty()) {
            return "no NVIDIA driver is found";
        }
        String line = driver + (release.isEmpty() ? "" : ", release " + release);
        return driverCuda.isEmpty() ? line : line + ", for CUDA up to " + driverCuda;
    }

    /** The libraries as a line of a report. */
    public String librariesLine() {
        return libraries.isEmpty() ? "no cuBLAS 11, 12 or 13 is found" : String.join(", ", libraries);
    }

    /** Why the library's own CUDA backend cannot run here, and what to do; empty where it can. */
    public String refusal() {
        return String.join("; ", problems);
    }
}
