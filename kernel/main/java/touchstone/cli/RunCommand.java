package touchstone.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import touchstone.kernel.FetchBar;
import touchstone.kernel.backend.BackendException;
import touchstone.kernel.backend.Choice;
import touchstone.notebook.BarProgress;
import touchstone.notebook.HtmlExport;
import touchstone.notebook.Ledger;
import touchstone.notebook.LineProgress;
import touchstone.notebook.NotebookException;
import touchstone.notebook.NotebookFiles;
import touchstone.notebook.NotebookJob;
import touchstone.notebook.NotebookRunner;
import touchstone.notebook.Progress;
import touchstone.notebook.RunOptions;
import touchstone.notebook.RunResult;

/** {@code touchstone run}: executes notebooks headless through the real kernel. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Execute notebooks and write them with their outputs.",
        footer = {
            "",
            "Exit code: 0 fine, 1 a cell failed (or a claim was refuted, with --strict), 2 usage, 4 environment.",
            "The paths of the executed notebooks go to stdout, messages to stderr."
        })
public final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunArguments arguments = new RunArguments();

    @Option(names = "--timeout", paramLabel = "S", description = "Limit for each cell, in seconds (default: none).")
    private double timeout;

    @Option(names = "--keep-going", description = "Run the cells after a failing one, too.")
    private boolean keepGoing;

    @Option(names = "--jobs", paramLabel = "N", description = "How many notebooks run at once (default: 1).")
    private int jobs = 1;

    @Option(names = "--strict", description = "Fail when a claim is REFUTED.")
    private boolean strict;

    @Option(names = "--quiet", description = "No progress; faults are still told.")
    private boolean quiet;

    @Option(names = "--json", description = "Print a JSON summary instead of paths.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (!(timeout >= 0 && timeout < 1e9) || jobs < 1) {
                throw NotebookException.usage("--timeout needs seconds above 0 and --jobs a number from 1, were "
                        + timeout + " and " + jobs + ".");
            }
            List<NotebookJob> planned = arguments.jobs(err);
            for (NotebookJob job : planned) {
                NotebookFiles.requireWritable(job.output());
                if (arguments.html()) {
                    NotebookFiles.requireWritable(job.outputWith(".html"));
                }
            }
            Ledger ledger = Ledger.read(arguments.out());
            provideBackend();
            return report(execute(planned), ledger);
        } catch (NotebookException e) {
            err.println("touchstone: " + e.sentence());
            return e.exitCode();
        }
    }

    /** What the kernel would refuse in its first cell, or fetch there, is told before it starts. */
    private void provideBackend() {
        PrintWriter err = spec.commandLine().getErr();
        Host host = Host.current();
        try {
            if (Choice.of(host.env()) == Choice.ND4J_CUDA) {
                new BackendsCheck(host, Distribution.current())
                        .nd4jCuda()
                        .provide(new FetchBar(line -> err.println("touchstone: " + line)));
            }
        } catch (BackendException e) {
            throw UserError.environment(String.valueOf(e.getMessage()));
        }
    }

    private Progress progress(int notebooks) {
        PrintWriter err = spec.commandLine().getErr();
        if (quiet) {
            return Progress.SILENT;
        }
        boolean bar = Terminal.redraws() && (jobs == 1 || notebooks == 1);
        return bar ? new BarProgress(err) : new LineProgress(err);
    }

    private List<RunResult> execute(List<NotebookJob> planned) {
        var options = RunOptions.defaults()
                .withTimeout(Duration.ofMillis((long) Math.ceil(timeout * 1000)))
                .withKeepGoing(keepGoing);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(jobs, planned.size()));
        try (Progress progress = progress(planned.size())) {
            var runner = new NotebookRunner(options, progress);
            var futures = new ArrayList<Future<RunResult>>();
            planned.forEach(job -> futures.add(pool.submit(() -> finish(runner.run(job)))));
            var results = new ArrayList<RunResult>();
            for (Future<RunResult> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while notebooks ran", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the runner failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Tells a fault as soon as it is known, and writes the page. */
    private RunResult finish(RunResult result) {
        PrintWriter err = spec.commandLine().getErr();
        NotebookJob job = result.job();
        if (result.status() != RunResult.Status.OK) {
            String kept = result.status() == RunResult.Status.FAILED ? "; see " + job.output() : "";
            err.println("touchstone: " + job.source() + ": " + result.error() + kept);
        }
        if (!arguments.html()) {
            return result;
        }
        try {
            HtmlExport.write(job.notebook(), job.source(), job.outputWith(".html"));
        } catch (NotebookException e) {
            err.println("touchstone: " + e.sentence());
            return result.withEnvironmentFault(e.sentence());
        }
        return result;
    }

    private int report(List<RunResult> results, Ledger ledger) throws NotebookException {
        var summary = new RunSummary(results);
        results.forEach(ledger::put);
        if (!ledger.isEmpty() || summary.claims() > 0) {
            NotebookFiles.requireWritable(arguments.out().resolve(Ledger.FILE));
            ledger.write(arguments.out());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? summary.toJson() : summary.paths());
        out.flush();
        if (!quiet) {
            spec.commandLine().getErr().println(summary.sentence());
        }
        return summary.exitCode(strict);
    }
}
