package touchstone.notebook;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        private Optional<CellSession> open = Optional.empty();
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
            try (var session = CellSession.start(KernelHost.of(job.folder()))) {
                open = Optional.of(session);
                JsonObject language = session.languageInfo();
                if (!language.isEmpty()) {
                    notebook.metadata().add("language_info", language.deepCopy());
                }
                boolean goesOn = true;
                for (int i = 0; goesOn && i < todo.size(); i++) {
                    progress.cell(job.name(), i + 1, todo.size());
                    goesOn = step(session, todo.get(i), i + 1);
                    write();
                }
            }
        }

        /** Executes a cell; true when the next one is to run. */
        private boolean step(CellSession session, Cell cell, int number) {
            long begin = System.nanoTime();
            boolean mayFail = mayFail(cell);
            CellSession.Ended ended = session.run(cell, !mayFail, timeout(cell));
            executed++;
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            boolean failed = !ended.ok() && (!mayFail || !ended.kernelLives());
            progress.cellDone(job.name(), number, todo.size(), took, ended.ok() ? "ok" : failed ? "FAILED" : "raised");
            if (failed) {
                String sentence = "cell " + number + "/" + todo.size() + " failed: " + ended.sentence();
                fail(RunResult.Status.FAILED, number, sentence);
            }
            return ended.kernelLives() && (!failed || options.keepGoing());
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
            open.ifPresent(CellSession::flush);
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
