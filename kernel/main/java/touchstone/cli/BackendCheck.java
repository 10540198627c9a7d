package touchstone.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does ND4J's native code load and multiply, and with how many threads? Asked in a JVM of its own. */
record BackendCheck(Host host, Distribution distribution) {
    /** The first use unpacks several hundred megabytes of native code. */
    private static final int SECONDS = 180;

    private static final String CPU_ADVICE =
            "look at the cache line below; on a platform other than the one built on, build again there with ./mvnw -Dquick"
                    + " package; ND4J has native code for Linux, macOS and Windows on x86-64 and arm64";
    private static final String CUDA_ADVICE =
            "look at the cache line below; the system itself must find libcuda.so.1 (see ldconfig -p), which"
                    + " TOUCHSTONE_CUDA_LIBRARIES does not change for ND4J; or use TOUCHSTONE_BACKEND=cuda or cpu";

    /** @param cuda ND4J's CUDA jars, in place of those for the processor; none for the processor */
    List<Finding> findings(List<Path> cuda) {
        if (distribution.libraryJars().isEmpty()) {
            return List.of(Finding.fault(
                    "backend",
                    "there are no jars in " + distribution.home().resolve("lib/library"),
                    "build again: ./mvnw -Dquick package"));
        }
        Programs.Result result = Programs.run(host, command(cuda), threads(), SECONDS);
        return result.isFine() ? read(result, cuda) : List.of(failed(result, cuda));
    }

    private List<String> command(List<Path> cuda) {
        var command = new ArrayList<String>();
        command.add(host.javaHome().resolve("bin/java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-Djava.awt.headless=true"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        var jars = Stream.of(distribution.kernelJars(), libraryJars(cuda)).flatMap(List::stream);
        command.add("-cp");
        command.add(jars.map(String::valueOf).collect(Collectors.joining(File.pathSeparator)));
        command.add(BackendProbe.class.getName());
        return command;
    }

    private List<Path> libraryJars(List<Path> cuda) {
        if (cuda.isEmpty()) {
            return distribution.libraryJars();
        }
        var cpu = Pattern.compile("nd4j-native-([0-9]|preset).*");
        var library = distribution.libraryJars().stream()
                .filter(jar -> !cpu.matcher(String.valueOf(jar.getFileName())).matches());
        return Stream.concat(library, cuda.stream()).toList();
    }

    /** The settings that touchstone-kernel makes when they are not set. */
    private Map<String, String> threads() {
        return Map.of(
                "OMP_NUM_THREADS", host.variable("OMP_NUM_THREADS").orElse("1"),
                "OPENBLAS_NUM_THREADS", host.variable("OPENBLAS_NUM_THREADS").orElse("2"));
    }

    private List<Finding> read(Programs.Result result, List<Path> cuda) {
        JsonObject json;
        try {
            json = JsonParser.parseString(result.output().strip()).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            return List.of(failed(result, cuda));
        }
        if (json.get("sum").getAsDouble() != 27) { // ones(3, 3) times itself: nine entries of 3
            return List.of(Finding.fault(
                    "backend",
                    "a product of matrices of ones summed to " + json.get("sum") + ", not 27",
                    "the native code does not fit this processor; please report the output of this command"));
        }
        var facts = json.getAsJsonObject("environment");
        Finding backend = Finding.ok(
                "backend",
                json.get("backend").getAsString() + ", " + nativeJar(cuda) + ", native code loads and multiplies");
        Finding blas = Finding.ok(
                "blas",
                fact(facts, "blas.vendor") + ", threads: " + fact(facts, "blas.threads") + " (OMP_NUM_THREADS="
                        + threads().get("OMP_NUM_THREADS") + ", OPENBLAS_NUM_THREADS="
                        + threads().get("OPENBLAS_NUM_THREADS") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors)");
        return List.of(backend, blas);
    }

    private static String fact(JsonObject facts, String key) {
        return facts.has(key) ? facts.get(key).getAsString() : "unknown";
    }

    private String nativeJar(List<Path> cuda) {
        return libraryJars(cuda).stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .filter(name -> name.matches("nd4j-(native|cuda)-[0-9].*-(linux|macosx|windows).*"))
                .reduce("no native jar for this platform", (before, name) -> name);
    }

    private static Finding failed(Programs.Result result, List<Path> cuda) {
        String reason = result.messages()
                .lines()
                .filter(line -> line.contains("Caused by") || line.contains("Error"))
                .reduce(result.lastLine(), (before, line) -> line);
        return Finding.fault(
                "backend",
                (cuda.isEmpty() ? "ND4J's native code" : "ND4J's CUDA code") + " does not load: " + reason.strip(),
                cuda.isEmpty() ? CPU_ADVICE : CUDA_ADVICE);
    }
}
