package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Executes notebooks cell by cell, each in a kernel of its own, and writes the executed notebook after every cell, so
 * that what has finished is on disk whatever happens next.
 */
public final class NotebookRunner {
    private final RunOptions options;
    private final Progress progress;

    public NotebookRunner(RunOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Executes one notebook; faults are told in the result. Safe to call from many threads, for different jobs. */
    public RunResult run(NotebookJob job) {
        return new Run(job).run();
    }

    /** The run of one notebook. */
    private final class Run {
        private final NotebookJob job;
        private final Notebook notebook;
        private final List<Cell> todo = new ArrayList<>();
        private final Map<String, List<JsonObject>> displays = new HashMap<>();
        private final List<CellOutputs> outputs = new ArrayList<>();
        private final Instant started = Instant.now().truncatedTo(ChronoUnit.MICROS);
        private final long clock = System.nanoTime();
        private RunResult.Status status = RunResult.Status.OK;
        private String error = "";
        private int failedCell;
        private int executed;

        Run(NotebookJob job) {
            this.job = job;
            notebook = job.notebook();
            notebook.cells().stream().filter(Run::isToRun).forEach(todo::add);
        }

        private static boolean isToRun(Cell cell) {
            return cell.isCode()
                    && !cell.hasTag("skip-execution")
                    && !cell.source().isBlank();
        }

        RunResult run() {
            try {
                notebook.cells().stream()
                        .filter(cell -> cell.isCode() && !cell.hasTag("skip-execution"))
                        .forEach(Cell::clear);
                write();
                execute();
                write();
            } catch (NotebookException e) {
                fail(RunResult.Status.ENVIRONMENT, 0, e.sentence());
            } finally {
                progress.finished(job.name());
            }
            return new RunResult(job, status, executed, failedCell, error, started, elapsed());
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - clock);
        }

        private void execute() throws NotebookException {
            progress.started(job.name());
            try (var client = KernelClient.start(job.folder())) {
                JsonObject language = Json.object(client.info(), "language_info");
                if (!language.isEmpty()) {
                    notebook.metadata().add("language_info", language.deepCopy());
                }
                boolean goesOn = true;
                for (int i = 0; goesOn && i < todo.size(); i++) {
                    progress.cell(job.name(), i + 1, todo.size());
                    goesOn = step(client, todo.get(i), i + 1);
                    write();
                }
            }
        }

        /** Executes a cell; true when the next one is to run. */
        private boolean step(KernelClient client, Cell cell, int number) {
            long begin = System.nanoTime();
            boolean mayFail = mayFail(cell);
            var collected = new CellOutputs(cell, displays);
            outputs.add(collected);
            Execution execution = client.execute(cell.source(), !mayFail, timeout(cell), collected::accept);
            if (execution.kernelLives()) {
                collected.time("shell.execute_reply", execution.date());
            }
            executed++;
            String outcome = outcome(execution);
            if (execution.ending() != Execution.Ending.REPLIED) {
                boolean dead = !execution.kernelLives();
                String name = execution.ending() == Execution.Ending.DIED ? "DeadKernelError" : "CellTimeoutError";
                collected.addError(name, execution.detail(), dead ? traceback(outcome, client) : lines(outcome));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            boolean failed = !execution.ok() && (!mayFail || !execution.kernelLives());
            progress.cellDone(
                    job.name(), number, todo.size(), took, execution.ok() ? "ok" : failed ? "FAILED" : "raised");
            if (failed) {
                String sentence = "cell " + number + "/" + todo.size() + " failed: " + outcome;
                fail(RunResult.Status.FAILED, number, sentence);
            }
            return execution.kernelLives() && (!failed || options.keepGoing());
        }

        private static String outcome(Execution execution) {
            if (execution.ending() != Execution.Ending.REPLIED) {
                return execution.detail();
            }
            String value = Json.text(execution.reply(), "evalue", "");
            String name = Json.text(execution.reply(), "ename", Json.text(execution.reply(), "status", "no status"));
            return value.isEmpty()
                    ? name
                    : name + ": " + value.lines().findFirst().orElse("");
        }

        private static JsonArray lines(String text) {
            var lines = new JsonArray();
            lines.add(text);
            return lines;
        }

        private static JsonArray traceback(String outcome, KernelClient client) {
            JsonArray said = client.lastLines();
            JsonArray traceback = lines(outcome);
            if (!said.isEmpty()) {
                traceback.add("The kernel's last words:");
                traceback.addAll(said);
            }
            return traceback;
        }

        private void fail(RunResult.Status how, int position, String sentence) {
            if (error.isEmpty() || how == RunResult.Status.ENVIRONMENT) {
                error = sentence;
                failedCell = failedCell == 0 ? position : failedCell;
                status = how;
            }
        }

        private boolean mayFail(Cell cell) {
            JsonObject own = Json.object(cell.metadata(), "execution");
            JsonObject common = Json.object(notebook.metadata(), "execution");
            return cell.hasTag("raises-exception") || Json.flag(own.has("allow_errors") ? own : common, "allow_errors");
        }

        /** The cell's own limit, else the command's, else the notebook's, else none. */
        private Duration timeout(Cell cell) {
            JsonElement own = Json.object(cell.metadata(), "execution").get("timeout");
            if (Json.isNumber(own)) {
                return seconds(own.getAsDouble());
            }
            JsonElement common = Json.object(notebook.metadata(), "execution").get("timeout");
            return options.timeout().isZero() && Json.isNumber(common)
                    ? seconds(common.getAsDouble())
                    : options.timeout();
        }

        private static Duration seconds(double seconds) {
            return seconds > 0 ? Duration.ofMillis((long) Math.max(1, seconds * 1000)) : Duration.ZERO;
        }

        private void write() throws NotebookException {
            outputs.forEach(CellOutputs::flush);
            JsonObject about = Json.ensureObject(notebook.metadata(), "papermill");
            about.add("parameters", job.parameters());
            about.addProperty("input_path", job.source().toString());
            about.addProperty("output_path", job.output().toString());
            about.addProperty("start_time", started.toString());
            about.addProperty(
                    "end_time", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
            about.addProperty("duration", elapsed().toMillis() / 1000.0);
            about.add("exception", JsonNull.INSTANCE);
            if (status != RunResult.Status.OK) {
                about.addProperty("exception", true);
            }
            about.addProperty("version", "touchstone " + version());
            notebook.write(job.output());
        }
    }

    private static String version() {
        String version = NotebookRunner.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
