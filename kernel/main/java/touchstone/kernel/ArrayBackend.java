package touchstone.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import touchstone.kernel.backend.Choice;
import touchstone.kernel.backend.CudaProbe;
import touchstone.kernel.backend.CudaReport;
import touchstone.kernel.backend.Nd4jCuda;
import touchstone.kernel.backend.Nd4jCudaJars;

/**
 * The backend that the environment asks for, as far as it is a matter of the class path: ND4J's CUDA jars are put there before the
 * first cell that can make an array. A cell is refused while they cannot run or cannot be had, and the next one asks again.
 */
final class ArrayBackend {
    private final Map<String, String> environment;
    private List<Path> provided = List.of();

    ArrayBackend(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether the class path is still to be completed; a misspelt variable is refused. */
    synchronized boolean isMissing() {
        return provided.isEmpty() && Choice.of(environment) == Choice.ND4J_CUDA;
    }

    /** The jars to add now: none where nothing is missing. */
    synchronized List<Path> provide() {
        if (!isMissing()) {
            return List.of();
        }
        provided = nd4jCuda().provide(new FetchBar(System.out::println));
        return provided;
    }

    /** The jars that were added. */
    synchronized List<Path> provided() {
        return provided;
    }

    /** What was asked for, what this machine has and which backends can run on it, a line each. */
    List<String> lines() {
        Choice chosen = Choice.of(environment);
        String said = environment.getOrDefault(Choice.VARIABLE, "");
        var lines =
                new ArrayList<>(List.of(Choice.VARIABLE + ": " + (said.isEmpty() ? "not set, which means cpu" : said)));
        CudaReport report = report();
        lines.add("driver: " + report.driverLine());
        report.cards().forEach(card -> lines.add("card " + card.ordinal() + ": " + card.line()));
        lines.add("CUDA libraries: " + report.librariesLine());
        for (Choice choice : Choice.values()) {
            lines.add(choice.word() + ": " + line(choice, report, choice == chosen));
        }
        return lines;
    }

    private String line(Choice choice, CudaReport report, boolean chosen) {
        Optional<String> refusal = choice.refusal(report);
        if (refusal.isPresent()) {
            return (chosen ? "asked for, but cannot run here: " : "cannot run here: ") + refusal.get();
        }
        String jars = choice == Choice.ND4J_CUDA ? "; " + nd4jCuda().jarsLine() : "";
        return "can run here" + jars + (chosen ? "; in use" : "");
    }

    private Nd4jCuda nd4jCuda() {
        Path folder = Path.of(System.getProperty("touchstone.home", "."), "lib", "cuda");
        return new Nd4jCuda(folder, this::report, new Nd4jCudaJars(true));
    }

    /** What the library finds of NVIDIA's. */
    CudaReport report() {
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + ClassPath.ofLibrary();
        return CudaProbe.ask(Path.of(System.getProperty("java.home")), classPath, environment);
    }

    static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
