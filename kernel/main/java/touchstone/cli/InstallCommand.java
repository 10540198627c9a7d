package touchstone.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the kernel known to Jupyter. Prints the folder of the kernelspec. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Makes the Java kernel known to Jupyter; prints the folder of its kernelspec.")
final class InstallCommand implements Callable<Integer> {
    private final Host host;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private SpecLocation location = new SpecLocation();

    @Option(
            names = "--force",
            description = "Replace another program's kernelspec of that name; the old one is kept aside.")
    private boolean force;

    @Option(names = "--no-archive", description = "Do not make the class-data archive that speeds up kernel starts.")
    private boolean withoutArchive;

    @Option(names = "--json", description = "Print what was done as JSON.")
    private boolean json;

    InstallCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        PrintWriter err = command.commandLine().getErr();
        Distribution distribution = Distribution.current();
        KernelSpec spec = location.spec(host);
        JsonObject wanted = KernelSpec.wanted(distribution, host.javaHome());
        Installation.install(spec, wanted, distribution, force).ifPresent(note -> err.println("touchstone: " + note));
        err.println("touchstone: the kernel \"" + wanted.get("display_name").getAsString() + "\" is installed");
        var archive = new CdsArchive(distribution, host);
        if (!withoutArchive && !archive.isCurrent()) {
            err.println("touchstone: making the class-data archive, so that kernels start faster ...");
            Optional<String> fault = archive.make();
            fault.ifPresent(reason -> err.println(
                    "touchstone: note: there is no class-data archive, kernels start a little slower: " + reason));
        }
        report(spec, archive);
        return 0;
    }

    private void report(KernelSpec spec, CdsArchive archive) {
        if (!json) {
            command.commandLine().getOut().println(spec.folder());
            return;
        }
        var result = new JsonObject();
        result.addProperty("kernelspec", spec.folder().toString());
        result.addProperty("name", spec.name());
        result.addProperty("java_home", host.javaHome().toString());
        result.addProperty("archive", archive.isCurrent());
        command.commandLine().getOut().println(result);
    }
}
