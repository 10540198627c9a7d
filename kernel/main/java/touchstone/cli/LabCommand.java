package touchstone.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Installs the kernel for this user when that is needed, then opens Jupyter here. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        customSynopsis = "touchstone lab [NOTEBOOK] [JUPYTER OPTIONS...]",
        description = "Opens JupyterLab, or the classic notebook, with the Java kernel installed.")
final class LabCommand implements Callable<Integer> {
    private final Host host;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    LabCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Distribution distribution = Distribution.current();
        List<String> frontEnd = Jupyter.frontEnd(host)
                .orElseThrow(() -> UserError.environment("there is no JupyterLab or Jupyter Notebook on PATH; "
                        + Jupyter.ADVICE + ". ./touchstone run needs neither"));
        var spec = new KernelSpec(host.jupyterData().toAbsolutePath().normalize(), "java");
        Installation.install(spec, KernelSpec.wanted(distribution, host.javaHome()), distribution, false);
        var archive = new CdsArchive(distribution, host);
        if (!archive.isCurrent()) {
            command.commandLine().getErr().println("touchstone: making the class-data archive (once) ...");
            archive.make();
        }
        var words = new ArrayList<>(frontEnd);
        words.addAll(arguments);
        var builder = new ProcessBuilder(words).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(host.env());
        return builder.start().waitFor();
    }
}
