package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates cells on a JShell in this JVM. One lock guards JShell; it is free while user code runs, so completion and
 * inspection answer meanwhile. A cell can be interrupted at any time from another thread.
 */
public final class Engine implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Thread> interrupted = ConcurrentHashMap.newKeySet();
    private final SnippetLoader loader = new SnippetLoader(Engine.class.getClassLoader());
    private final SnippetControl control = new SnippetControl(loader, lock, interrupted);
    private final CellIndex index = new CellIndex();
    private final JShell shell;
    private @Nullable SourceCodeAnalysis analysis;
    private final CellRun.Parts parts;
    private final AtomicLong generation = new AtomicLong();
    private final Set<Thread> evaluating = ConcurrentHashMap.newKeySet();

    /**
     * @param classPath jars and folders that snippets are compiled against; a class that this JVM's own class path
     *     holds comes from there
     * @param compilerOptions further javac options
     */
    public Engine(String classPath, List<String> compilerOptions) {
        var options = new ArrayList<String>(List.of("-proc:none", "-XDstringConcat=inline"));
        options.addAll(compilerOptions);
        shell = build(classPath, options, control);
        var results = new ResultVariables(shell, loader);
        parts = new CellRun.Parts(shell, this::analysis, control, loader, index, results, new AtomicLong());
    }

    /** JShell compiles against this JVM's whole class path, which it reads when it is built: it is shown less. */
    private static JShell build(String classPath, List<String> options, DirectExecutionControl control) {
        synchronized (Engine.class) {
            String own = System.getProperty("java.class.path");
            System.setProperty("java.class.path", classPath);
            try {
                JShell shell = JShell.builder()
                        .executionEngine(new InThisJvm(control), Map.of())
                        .fileManager(CompilerFiles::new)
                        .compilerOptions(options.toArray(String[]::new))
                        .build();
                if (!classPath.isEmpty()) {
                    shell.addToClasspath(classPath); // else the compiler reads the property again, later
                }
                return shell;
            } finally {
                System.setProperty("java.class.path", own);
            }
        }
    }

    /**
     * Evaluates a cell. What goes wrong is in the outcome.
     *
     * @param code Java, the magics already expanded
     * @param shown the cell as the user wrote it, line for line; tracebacks quote it
     * @param label how tracebacks name the cell, such as {@code In[3]}
     */
    public Outcome evaluate(String code, String shown, String label) {
        Thread thread = Thread.currentThread();
        boolean outermost = evaluating.add(thread);
        generation.incrementAndGet();
        lock.lock();
        try {
            return new CellRun(parts, CellIndex.Source.of(label, shown), code, () -> interrupted.contains(thread))
                    .run();
        } finally {
            lock.unlock();
            if (outermost) {
                evaluating.remove(thread);
                if (interrupted.remove(thread)) {
                    Guard.drainWorkers();
                }
                Guard.clear(thread);
            }
        }
    }

    /** JShell's analysis of code, made when first asked for: it indexes the class path on a thread of its own. */
    private SourceCodeAnalysis analysis() {
        SourceCodeAnalysis known = analysis;
        if (known == null) {
            known = shell.sourceCodeAnalysis();
            analysis = known;
        }
        return known;
    }

    /** The static type of an expression as it would be evaluated now, as Java source; an empty text for none. */
    public String typeOf(String expression) {
        return locked(() -> String.valueOf(
                Objects.requireNonNullElse(analysis().analyzeType(expression, expression.length()), "")));
    }

    /** Grows with each cell: what was found out about code before may no longer hold. */
    long generation() {
        return generation.get();
    }

    /** Whether no cell has been evaluated yet. */
    public boolean isUnused() {
        return generation.get() == 0;
    }

    /** Stops the running cell: user code at its next loop turn, call or wait, else before its next statement. */
    public void interrupt() {
        interrupted.addAll(evaluating);
        control.stopRunning();
    }

    /** Whether a cell is being compiled or run. */
    boolean isEvaluating() {
        return !evaluating.isEmpty();
    }

    /** Whether user code runs now, on any thread that evaluates. */
    boolean inUserCode() {
        return control.isRunning();
    }

    /** Runs code outside JShell, such as a renderer or a magic, so that {@link #interrupt} reaches it. */
    public <T extends @Nullable Object> T stoppable(Callable<T> code) throws Exception {
        try {
            return control.stoppable(code);
        } finally {
            if (!evaluating.contains(Thread.currentThread())) {
                Guard.clear(Thread.currentThread());
            }
        }
    }

    /** What an exception from outside JShell looks like to the user. */
    public Outcome.Failure describe(Throwable thrown) {
        return Traceback.of(thrown, index, locked(() -> new SnippetFrames(shell, this::analysis, index).of(thrown)));
    }

    /** Adds a jar or folder to what snippets see. */
    public void addToClassPath(String path) {
        locked(() -> {
            shell.addToClasspath(path);
            return path;
        });
    }

    /** Whether {@code code} is {@code complete}, {@code incomplete} or {@code invalid}. */
    public String completeness(String code) {
        return locked(() -> {
            String rest = code;
            while (true) {
                CompletionInfo info = analysis().analyzeCompletion(rest);
                String verdict =
                        switch (info.completeness()) {
                            case EMPTY -> "complete";
                            case UNKNOWN -> "invalid";
                            case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> "incomplete";
                            case COMPLETE, COMPLETE_WITH_SEMI -> "";
                        };
                if (!verdict.isEmpty()) {
                    return verdict;
                }
                rest = info.remaining();
                if (rest.isBlank()) {
                    return "complete";
                }
            }
        });
    }

    /** Runs {@code question} on JShell's code analysis, alone. */
    <T> T analyse(java.util.function.Function<SourceCodeAnalysis, T> question) {
        return locked(() -> question.apply(analysis()));
    }

    /** The user's variables, in the order of declaration; result variables such as {@code $3} are left out. */
    public List<VarSnippet> variables() {
        return locked(() ->
                shell.variables().filter(each -> !each.name().startsWith("$")).collect(Collectors.toList()));
    }

    /** The value of one of the user's variables; null where there is none, or it is null. */
    @Nullable
    Object variableValue(String name) {
        return this.<@Nullable Object>locked(() -> {
            VarSnippet variable = shell.variables()
                    .filter(each -> each.name().equals(name))
                    .reduce((first, second) -> second)
                    .orElse(null);
            if (variable == null || shell.status(variable) != Snippet.Status.VALID) {
                return null;
            }
            return loader.value(name);
        });
    }

    /** Asks JShell itself, alone. */
    public <T> T askShell(java.util.function.Function<JShell, T> question) {
        return locked(() -> question.apply(shell));
    }

    /** The loader of snippet classes and of jars that were added. */
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public void close() {
        shell.close();
    }

    private <T extends @Nullable Object> T locked(java.util.function.Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private record InThisJvm(DirectExecutionControl control) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "touchstone";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return control;
        }
    }
}
