package touchstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/** {@code touchstone strip}: removes what a run left in notebooks, so that they can be committed. */
@Command(
        name = "strip",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Remove outputs and execution counts from notebooks, in place.",
        footer = {"", "Exit code: 0 fine, 1 a notebook holds outputs (with --check), 2 usage, 4 environment."})
public final class StripCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NOTEBOOK", arity = "1..*", description = "Notebooks to strip.")
    private List<Path> notebooks = new ArrayList<>();

    @Option(names = "--check", description = "Change nothing; print the notebooks that hold outputs.")
    private boolean check;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        int worst = 0;
        for (Path file : notebooks) {
            try {
                worst = Math.max(worst, one(file));
            } catch (NotebookException e) {
                err.println("touchstone: " + e.sentence());
                worst = Math.max(worst, e.exitCode());
            }
        }
        return worst;
    }

    private int one(Path file) throws NotebookException {
        Notebook notebook = Notebook.read(file);
        if (!notebook.hasRun()) {
            return 0;
        }
        spec.commandLine().getOut().println(file);
        spec.commandLine().getOut().flush();
        if (check) {
            return 1;
        }
        notebook.strip();
        notebook.write(file);
        return 0;
    }
}
