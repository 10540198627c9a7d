package touchstone.claims;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * Where and with what claims were checked.
 *
 * @param touchstone version of the library
 * @param jdk version and vendor of the Java runtime
 * @param os name, version and architecture
 * @param backend the ND4J backend whose native code is loaded, or {@code none loaded}
 * @param time moment of the record, UTC, ISO 8601
 * @param seeds the seeds given to {@link Claims#withSeeds}
 */
public record Provenance(String touchstone, String jdk, String os, String backend, String time, List<Long> seeds) {
    public Provenance {
        seeds = List.copyOf(seeds);
    }

    /** The record of this moment; loads no native code. */
    static Provenance now(List<Long> seeds) {
        String version = Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
                .orElse("development build");
        return new Provenance(
                version,
                property("java.version") + " (" + property("java.vendor") + ")",
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                nativeBackend(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                seeds);
    }

    private static String nativeBackend() {
        String loaded = String.join(" ", Loader.getLoadedLibraries().keySet());
        return loaded.contains("nd4jcuda") ? "ND4J CUDA" : loaded.contains("nd4jcpu") ? "ND4J CPU" : "none loaded";
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    /** One line for the foot of a table. */
    public String line() {
        String s = seeds.isEmpty() ? "" : "; seeds " + Arrays.toString(seeds.toArray());
        return "touchstone " + touchstone + "; JDK " + jdk + "; " + os + "; backend " + backend + "; " + time + s;
    }
}
