package touchstone.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Snippet.SubKind;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %time} and {@code %timeit}, for a line and for a cell. */
final class TimeMagics {
    private static final String COMPILATION_ERROR = "CompilationError";
    private static final Pattern OPTION = Pattern.compile("(-[nr] *\\d+|-o)(?:\\s+|\\z)");
    private static final double WARM_UP = 0.3;
    private static final double RUN = 0.15;
    private static final int RUNS = 7;

    private final Kernel kernel;

    private TimeMagics(Kernel kernel) {
        this.kernel = kernel;
    }

    static void register(Kernel kernel) {
        var timing = new TimeMagics(kernel);
        Magics magics = kernel.magics();
        magics.line(
                new Description("CODE", "runs a line once; prints CPU and wall time, returns its value"),
                args -> timing.time(String.join(" ", args)),
                "time");
        magics.cell(
                new Description("", "runs the cell once; prints CPU and wall time, compilation included"),
                (args, body) -> {
                    new MagicArgs("%%time", args).none();
                    return timing.timeCell(body);
                },
                "time");
        magics.line(
                new Description("[-n LOOPS] [-r RUNS] [-o] CODE", "times a line in a loop: mean and deviation of runs"),
                args -> timing.timeit(String.join(" ", args)),
                "timeit");
        magics.cell(
                new Description(
                        "[-n LOOPS] [-r RUNS] [-o] [SETUP]",
                        "times the cell in a loop: mean and deviation of runs; SETUP runs once before each, untimed"),
                (args, body) -> timing.timeitCell(String.join(" ", args), body),
                "timeit");
    }

    /** An expression is compiled first, so that its own time is measured; a declaration runs as a cell does. */
    private @Nullable Object time(String code) throws Exception {
        if (code.isBlank()) {
            throw new MagicException("%time needs code: %time fit(data)");
        }
        if (declares(code)) {
            return timeCell(code); // inside a lambda the name would be lost
        }
        Object ready = compiled("(java.util.concurrent.Callable<Object>) () -> (" + code + "\n)");
        if (ready == null) {
            ready = compiled("(java.util.concurrent.Callable<Object>) () -> { " + code + "\n; return null; }");
        }
        if (!(ready instanceof Callable<?> callable)) {
            return timeCell(code);
        }
        var watch = new Stopwatch();
        try {
            return callable.call();
        } finally {
            watch.print("");
        }
    }

    private @Nullable Object timeCell(String code) {
        var watch = new Stopwatch();
        try {
            return kernel.eval(code);
        } finally {
            watch.print(", compilation included");
        }
    }

    private boolean declares(String code) {
        return kernel.cells()
                .engine()
                .askShell(shell -> shell.sourceCodeAnalysis().sourceToSnippets(code + ";").stream()
                        .anyMatch(each -> each instanceof DeclarationSnippet
                                && each.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND));
    }

    private @Nullable Object timeit(String line) throws Exception {
        var options = new ArrayList<String>();
        String code = afterOptions(line, options);
        return timeit(new MagicArgs("%timeit", options), "", code, code);
    }

    private @Nullable Object timeitCell(String line, String body) throws Exception {
        var options = new ArrayList<String>();
        String setup = afterOptions(line, options);
        if (setup.matches("-\\w.*")) { // no statement begins so
            options.add(setup);
            setup = "";
        }
        return timeit(new MagicArgs("%%timeit", options), setup, null, body);
    }

    /** What follows the options; they stand before code, which may itself begin with a minus. */
    private static String afterOptions(String line, List<String> options) {
        String code = line.strip();
        for (Matcher option = OPTION.matcher(code); option.lookingAt(); option = OPTION.matcher(code)) {
            options.add(option.group(1).replace(" ", ""));
            code = code.substring(option.end());
        }
        return code;
    }

    /**
     * Times a body.
     *
     * @param setup statements that run before each run, outside of its time; the body sees what they declare
     * @param expression what may be an expression whose value is to be used; null for a cell's statements
     */
    private @Nullable Object timeit(MagicArgs args, String setup, @Nullable String expression, String body)
            throws Exception {
        long loops = args.count("-n").orElse(0L);
        long runs = args.count("-r").orElse((long) RUNS);
        boolean wanted = args.flag("-o");
        args.none();
        if (body.isBlank()) {
            throw new MagicException("%timeit needs code: %timeit Math.sqrt(x)");
        }
        Object loop =
                expression == null ? null : compiled(loopOf("", "touchstone.kernel.Timing.use(" + expression + "\n);"));
        if (loop == null) {
            loop = kernel.eval(loopOf(setup, "\n" + body + "\n;"));
        }
        TimeitResult result = measure((Timing.Loop) java.util.Objects.requireNonNull(loop), loops, runs);
        System.out.println(result);
        return wanted ? result : null;
    }

    private static String loopOf(String setup, String statements) {
        return "(touchstone.kernel.Timing.Loop) timeitPasses -> { " + setup
                + "\n; long timeitStart = System.nanoTime();"
                + " for (long timeitPass = 0; timeitPass < timeitPasses; timeitPass++) { " + statements
                + " } return System.nanoTime() - timeitStart; }";
    }

    private static TimeitResult measure(Timing.Loop loop, long askedLoops, long runs) throws Exception {
        try {
            long began = System.nanoTime();
            long n = 1;
            double pass = 0;
            do {
                pass = loop.run(n) / 1e9 / n;
                n = askedLoops > 0 ? Math.min(askedLoops, 2 * n) : 2 * n;
            } while (System.nanoTime() - began < WARM_UP * 1e9);
            double warmUp = (System.nanoTime() - began) / 1e9;
            long loops = askedLoops > 0 ? askedLoops : round(RUN / Math.max(pass, 1e-10));
            var seconds = new ArrayList<Double>();
            for (int run = 0; run < runs; run++) {
                seconds.add(loop.run(loops) / 1e9 / loops);
            }
            return new TimeitResult(seconds, loops, warmUp);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next smaller of 1, 2, 5, 10, 20, ... */
    private static long round(double loops) {
        long power = 1;
        while (power * 10 <= loops) {
            power *= 10;
        }
        return loops >= 5 * power ? 5 * power : loops >= 2 * power ? 2 * power : power;
    }

    /** The value of code that compiles; null when it does not. */
    private @Nullable Object compiled(String code) {
        try {
            return kernel.eval(code);
        } catch (Cells.CellFailedException e) {
            if (e.failure().name().equals(COMPILATION_ERROR)) {
                return null;
            }
            throw e;
        }
    }

    private static final class Stopwatch {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private final long allCpu = allCpu();
        private final long ownCpu = THREADS.getCurrentThreadCpuTime();
        private final long wall = System.nanoTime();

        void print(String note) {
            double wallSeconds = (System.nanoTime() - wall) / 1e9;
            double own = (THREADS.getCurrentThreadCpuTime() - ownCpu) / 1e9;
            double all = (allCpu() - allCpu) / 1e9;
            System.out.println("CPU time: " + Durations.text(own) + " in this thread, " + Durations.text(all)
                    + " in all; wall time: " + Durations.text(wallSeconds) + note);
        }

        private static long allCpu() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                    ? bean.getProcessCpuTime()
                    : 0;
        }
    }
}
