package touchstone.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;
import touchstone.notebook.NotebookJob;

/** Which notebooks are to run, with which parameters, and where the results go. */
final class RunArguments {
    @Parameters(paramLabel = "NOTEBOOK", arity = "1..*", description = "Notebooks to execute.")
    private List<Path> notebooks = new ArrayList<>();

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Set a parameter that the notebook declares in its cell tagged \"parameters\".")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--params", paramLabel = "FILE", description = "Take parameters from a JSON object.")
    private List<Path> parameterFiles = new ArrayList<>();

    @Option(names = "--fast", description = "Set the parameter \"fast\" to true where a notebook declares it.")
    private boolean fast;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "executed",
            description = {"Folder of the executed notebooks and of claims.json (default: ${DEFAULT-VALUE})."})
    private Path out = Path.of("executed");

    @Option(names = "--inplace", description = "Write each executed notebook over its source.")
    private boolean inplace;

    @Option(names = "--html", description = "Write a self-contained HTML page beside each executed notebook.")
    private boolean html;

    Path out() {
        return out;
    }

    boolean html() {
        return html;
    }

    /** Reads and checks everything; nothing has been written when this throws. */
    List<NotebookJob> jobs(PrintWriter err) throws NotebookException {
        JsonObject values = new JsonObject();
        for (Path file : parameterFiles) {
            values.asMap().putAll(NotebookFiles.object(file).asMap());
        }
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw NotebookException.usage("-p needs NAME=VALUE, was \"" + assignment + "\".");
            }
            values.addProperty(assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
        }
        var jobs = new ArrayList<NotebookJob>();
        var sources = new HashMap<Path, Path>();
        for (Path notebook : notebooks) {
            Path output = output(notebook);
            Path other = sources.put(output.toAbsolutePath().normalize(), notebook);
            if (other != null) {
                throw NotebookException.usage(other + " and " + notebook + " would both be written to " + output
                        + "; run them one by one with different --out.");
            }
            jobs.add(NotebookJob.of(notebook, output, forNotebook(notebook, values, err)));
        }
        return jobs;
    }

    private Path output(Path notebook) throws NotebookException {
        Path name = notebook.getFileName();
        if (inplace || name == null) {
            return notebook;
        }
        Path output = out.resolve(name.toString());
        if (NotebookFiles.same(output, notebook)) {
            throw NotebookException.usage(
                    output + " is the source itself; give another --out, or --inplace to write over it.");
        }
        return output;
    }

    private JsonObject forNotebook(Path notebook, JsonObject values, PrintWriter err) throws NotebookException {
        JsonObject own = values.deepCopy();
        if (!fast || own.has("fast")) {
            return own;
        }
        Map<String, String> declared =
                touchstone.notebook.Parameters.of(Notebook.read(notebook)).types();
        if (declared.getOrDefault("fast", "").equalsIgnoreCase("boolean")) {
            own.addProperty("fast", true);
        } else {
            err.println("touchstone: note: " + notebook + " declares no boolean parameter \"fast\" and runs in full.");
        }
        return own;
    }
}
