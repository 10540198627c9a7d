package touchstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which Jupyter is there. */
final class Jupyter {
    static final String ADVICE = "install one of: pip install jupyterlab; conda install -c conda-forge jupyterlab;"
            + " sudo apt-get install jupyter-notebook (Debian, Ubuntu)";

    private Jupyter() {}

    /** The command that opens a notebook in a browser: JupyterLab before the classic notebook. */
    static Optional<List<String>> frontEnd(Host host) {
        Optional<Path> lab = Programs.find(host, "jupyter-lab");
        if (lab.isPresent()) {
            return Optional.of(List.of(lab.get().toString()));
        }
        Optional<Path> jupyter = Programs.find(host, "jupyter");
        if (jupyter.isPresent() && answers(host, jupyter.get(), "lab")) {
            return Optional.of(List.of(jupyter.get().toString(), "lab"));
        }
        Optional<Path> notebook = Programs.find(host, "jupyter-notebook");
        if (notebook.isPresent()) {
            return Optional.of(List.of(notebook.get().toString()));
        }
        if (jupyter.isPresent() && answers(host, jupyter.get(), "notebook")) {
            return Optional.of(List.of(jupyter.get().toString(), "notebook"));
        }
        return Optional.empty();
    }

    /** The version that a command prints; empty when it does not run. */
    static Optional<String> version(Host host, List<String> command) {
        var asking = new ArrayList<>(command);
        asking.add("--version");
        Programs.Result result = Programs.run(host, asking, Map.of(), 30);
        return result.isFine() && !result.output().isBlank()
                ? Optional.of(result.output().strip())
                : Optional.empty();
    }

    private static boolean answers(Host host, Path jupyter, String subcommand) {
        return version(host, List.of(jupyter.toString(), subcommand)).isPresent();
    }
}
