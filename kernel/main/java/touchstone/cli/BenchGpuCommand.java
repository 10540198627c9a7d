package touchstone.cli;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code touchstone bench gpu}: one table of what processor and card do, and torch where python has it. */
@Command(
        name = "gpu",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = {
            "Checks copies, matrix products, scores, searches and training against float64, then times them, on the processor"
                    + " and on the card, with torch beside them where python3 has it.",
            "The table is explained in docs/benchmarks/gpu.md."
        })
final class BenchGpuCommand implements Callable<Integer> {
    private static final double JAVA_SHARE = 0.7; // of the time, where torch runs too
    private static final int SEEDS = 1_000_000;

    private final Host host;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--cpu", description = "Measure the processor alone, also without a card.")
    private boolean cpu;

    @Option(names = "--quick", description = "Small sizes, for a first look.")
    private boolean quick;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "8",
            description = "Time for everything, 0.1 to 600; what does not fit is left out. Default: ${DEFAULT-VALUE}.")
    private double minutes = 8;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the inputs; default: a new one each time.")
    private @Nullable Long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write everything to this file, too.")
    private @Nullable Path json;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            description =
                    "The python that has torch; default: python3. With --cpu torch runs only where this is given.")
    private @Nullable String python;

    BenchGpuCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(minutes >= 0.1 && minutes <= 600)) {
            throw UserError.usage("--minutes must lie in [0.1, 600], was " + minutes);
        }
        Optional<Path> file = Optional.ofNullable(json).map(Path::toAbsolutePath);
        Optional<Path> folder = file.map(Path::getParent);
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw UserError.usage("--json: there is no folder " + folder.get());
        }
        BenchReport report = measure();
        if (file.isPresent()) {
            String text = new GsonBuilder()
                    .setPrettyPrinting()
                    .serializeSpecialFloatingPointValues()
                    .create()
                    .toJson(report.json());
            Files.writeString(file.get(), text + "\n");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(new BenchTable(report).draw());
        out.flush();
        return report.wrong() ? 1 : 0;
    }

    private BenchReport measure() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        long chosen = seed != null ? seed : new SecureRandom().nextInt(SEEDS);
        Optional<TorchPeer> torch = cpu && python == null ? Optional.empty() : TorchPeer.find(host, python, !cpu);
        double forJava = minutes * (torch.isPresent() ? JAVA_SHARE : 1);
        long start = System.nanoTime();
        err.println("touchstone: measuring for up to " + minutes + " minutes, seed " + chosen + " ...");
        var report = new BenchReport(cpu);
        new BenchRun(host, Distribution.current(), line -> progress(report.add(line), err))
                .run(chosen, forJava, quick ? "quick" : "full", cpu);
        if (report.refusal().isPresent()) {
            throw UserError.environment(
                    report.refusal().get() + "; ./touchstone bench gpu --cpu measures the processor alone");
        }
        if (torch.isPresent()) {
            double left = 60 * minutes - (System.nanoTime() - start) * 1e-9;
            err.println("touchstone: the same by torch ...");
            report.torch(torch.get().answers(report, chosen, Math.max(5, left)));
        } else if (cpu && python == null) {
            report.noTorch("not run; --python PROGRAM with --cpu compares with torch on the processor");
        } else {
            report.noTorch(TorchPeer.absent(host, python, !cpu));
        }
        return report;
    }

    private static void progress(String text, PrintWriter err) {
        if (!text.isEmpty()) {
            err.println("touchstone: " + text);
        }
    }
}
