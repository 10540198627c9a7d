package touchstone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import touchstone.kernel.FetchBar;
import touchstone.kernel.backend.BackendException;
import touchstone.kernel.backend.Nd4jCudaJars;

/** {@code touchstone bundle}: a folder with everything in it, for a machine with neither Java nor network. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Makes a folder with Java, jars, notebooks and data, for a machine with neither Java nor network.")
final class BundleCommand implements Callable<Integer> {
    private static final long MIB = 1 << 20;

    private final Host host;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "touchstone-bundle",
            description = "The folder to make; it must not exist. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("touchstone-bundle");

    @Option(
            names = "--gpu",
            description =
                    "Take the jars of TOUCHSTONE_BACKEND=nd4j-cuda along, 2323 MiB; TOUCHSTONE_BACKEND=cuda needs none.")
    private boolean gpu;

    @Option(
            names = "--part-size",
            paramLabel = "SIZE",
            description =
                    "Pack the folder and split it into parts of this size, such as 60m, with a script to join them.")
    private @Nullable String partSize;

    BundleCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long part = partSize == null ? 0 : BundleParts.size(partSize);
        Path folder = out.toAbsolutePath().normalize();
        if (Files.exists(folder)) {
            throw UserError.usage(folder + " exists; remove it or name another folder with --out");
        }
        var distribution = Distribution.current();
        var runtime = BundleRuntime.of(host);
        var bundle = new Bundle(distribution, runtime, Bundle.sources(distribution), cudaJars(distribution));
        var data = new BundleData(
                distribution, host.variable("TOUCHSTONE_DATA").map(Path::of).orElse(folder.resolve("data")));
        long bytes = bundle.bytes() + data.bytes();
        long needed = part > 0 ? 2 * bytes : bytes;
        Path nearest = Folders.nearest(folder);
        checkRoom(nearest, needed, Files.getFileStore(nearest).getUsableSpace());
        make(folder, bundle, data, part);
        return 0;
    }

    /** Those of the distribution, else of the local Maven repository, into which they are fetched first. */
    private List<Path> cudaJars(Distribution distribution) {
        if (!gpu) {
            return List.of();
        }
        if (!distribution.cudaJars().isEmpty()) {
            return distribution.cudaJars();
        }
        PrintWriter err = command.commandLine().getErr();
        try {
            return new Nd4jCudaJars(false).fetch(new FetchBar(line -> err.println("touchstone: " + line)));
        } catch (BackendException e) {
            throw UserError.environment("--gpu: " + e.getMessage());
        }
    }

    private void make(Path folder, Bundle bundle, BundleData data, long part) throws IOException, InterruptedException {
        PrintWriter err = command.commandLine().getErr();
        Files.createDirectories(folder.getParent());
        Path work = Files.createTempDirectory(folder.getParent(), ".touchstone-bundle");
        try {
            Path tree = Files.createDirectory(work.resolve("touchstone"));
            err.println("touchstone: linking a Java runtime ...");
            bundle.write(tree);
            err.println("touchstone: " + data.write(tree.resolve("data")));
            long bytes = Folders.bytes(tree);
            Path result = tree;
            if (part > 0) {
                err.println("touchstone: packing ...");
                result = Files.createDirectory(work.resolve("parts"));
                new BundleParts(host, part).write(tree, result);
            }
            Folders.makeReadable(result);
            Files.move(result, folder);
            report(folder, bytes, part > 0);
        } finally {
            Folders.delete(work);
        }
    }

    private void report(Path folder, long bytes, boolean parts) throws IOException {
        String text = folder + ", " + Folders.bytes(folder) / MIB + " MiB";
        if (parts) {
            text += " in parts (" + bytes / MIB + " MiB unpacked); unpack with: sh " + folder.resolve("join.sh");
        }
        command.commandLine().getOut().println(text);
    }

    /** Refuses a disk that is too small, saying both sizes; in bytes. */
    static void checkRoom(Path folder, long needed, long free) {
        if (free < needed) {
            throw UserError.environment("a bundle needs about " + needed / MIB + " MiB, but the disk of " + folder
                    + " has " + free / MIB + " MiB free; make room or name a folder on another disk with --out");
        }
    }
}
