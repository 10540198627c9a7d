package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
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
    private final SnippetLoader loader = new SnippetLoader(Engine.class.getClassLoader());
    private final SnippetControl control = new SnippetControl(loader, lock);
    private final CellIndex index = new CellIndex();
    private final ResultFields resultFields = new ResultFields(loader);
    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final Set<Thread> interrupted = ConcurrentHashMap.newKeySet();
    private final Set<Thread> evaluating = ConcurrentHashMap.newKeySet();

    /**
     * @param classPath jars and folders that snippets are compiled against; a class that this JVM's own class path
     *     holds comes from there
     * @param compilerOptions further javac options
     */
    public Engine(String classPath, List<String> compilerOptions) {
        var options = new ArrayList<String>(List.of("-proc:none"));
        options.addAll(compilerOptions);
        shell = JShell.builder()
                .executionEngine(new InThisJvm(control), Map.of())
                .compilerOptions(options.toArray(String[]::new))
                .build();
        if (!classPath.isEmpty()) {
            shell.addToClasspath(classPath);
        }
        analysis = shell.sourceCodeAnalysis();
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
        lock.lock();
        try {
            return new CellRun(CellIndex.Source.of(label, shown), code).run();
        } finally {
            lock.unlock();
            if (outermost) {
                evaluating.remove(thread);
                interrupted.remove(thread);
                Guard.clear(thread);
            }
        }
    }

    /** Stops the running cell: user code at its next loop turn, call or wait, else before its next statement. */
    public void interrupt() {
        interrupted.addAll(evaluating);
        control.stopRunning();
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
        return Traceback.of(thrown, index, List.of());
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
                CompletionInfo info = analysis.analyzeCompletion(rest);
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
        return locked(() -> question.apply(analysis));
    }

    /** The user's variables, in the order of declaration; result variables such as {@code $3} are left out. */
    public List<VarSnippet> variables() {
        return locked(() ->
                shell.variables().filter(each -> !each.name().startsWith("$")).collect(Collectors.toList()));
    }

    /** The loader of snippet classes and of jars that were added. */
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public void close() {
        shell.close();
    }

    private <T> T locked(java.util.function.Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** One cell on its way through JShell, snippet by snippet. */
    private final class CellRun {
        private final CellIndex.Source cell;
        private final String code;
        private final List<String> notes = new ArrayList<>();
        private final List<Snippet> unresolved = new ArrayList<>();
        private @Nullable Object value;
        private boolean hasValue;
        private Outcome.@Nullable Failure error;
        private int offset;

        CellRun(CellIndex.Source cell, String code) {
            this.cell = cell;
            this.code = code;
        }

        Outcome run() {
            String rest = code;
            while (error == null && !rest.isBlank()) {
                if (interrupted.contains(Thread.currentThread())) {
                    return failed(new Guard.CellInterrupted(), List.of());
                }
                rest = rest.stripLeading();
                CompletionInfo info = analysis.analyzeCompletion(rest);
                if (info.completeness() == Completeness.EMPTY) {
                    break;
                }
                boolean whole = info.completeness().isComplete();
                String source = whole ? info.source() : rest;
                offset = code.length() - Math.min(code.length(), rest.length());
                evaluate(source);
                if (!whole && error == null) {
                    error = CompileErrors.of(List.of(), source, cell, line(), 0);
                }
                rest = whole ? info.remaining() : "";
            }
            noteUnresolved();
            return error == null ? Outcome.of(value, hasValue, notes) : Outcome.failed(error, notes);
        }

        private void evaluate(String source) {
            control.takeThrown();
            List<SnippetEvent> events = shell.eval(source);
            for (SnippetEvent event : events) {
                if (event.causeSnippet() == null) {
                    index.put(event.snippet().id(), cell, line());
                    handle(event, source);
                }
            }
            for (String lost : loader.takeLostVariables()) {
                notes.add("variable " + lost + " was reset to null, because the class of its value was redefined");
            }
        }

        private void handle(SnippetEvent event, String source) {
            Snippet snippet = event.snippet();
            JShellException exception = event.exception();
            hasValue = false;
            value = null;
            if (event.status() == Status.REJECTED) {
                error = CompileErrors.of(
                        shell.diagnostics(snippet).collect(Collectors.toList()), source, cell, line(), column());
            } else if (exception instanceof UnresolvedReferenceException unresolvedReference) {
                error = unresolved(unresolvedReference);
            } else if (exception instanceof EvalException evalException) {
                Throwable thrown = control.takeThrown();
                error = Traceback.of(
                        thrown == null ? evalException : thrown, index, List.of(evalException.getStackTrace()));
            } else {
                if (event.status() == Status.RECOVERABLE_DEFINED || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
                    unresolved.add(snippet);
                }
                take(snippet, event.value());
            }
        }

        private void take(Snippet snippet, @Nullable String key) {
            SubKind kind = snippet.subKind();
            if (kind == SubKind.VAR_DECLARATION_SUBKIND) {
                resultFields.reset(analysis.wrapper(snippet).fullClassName(), ((VarSnippet) snippet).name());
            }
            if (key == null) {
                return;
            }
            Object result = control.takeResult(key);
            if (kind == SubKind.VAR_VALUE_SUBKIND
                    || kind == SubKind.OTHER_EXPRESSION_SUBKIND
                    || kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                hasValue = true;
                value = result;
            }
            if (kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                resultFields.remember(analysis.wrapper(snippet).fullClassName(), ((VarSnippet) snippet).name());
            }
        }

        private void noteUnresolved() {
            for (Snippet snippet : unresolved) {
                Status status = shell.status(snippet);
                if (snippet instanceof DeclarationSnippet declaration
                        && (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED)) {
                    notes.add(declaration.name() + " cannot be used until these are declared: "
                            + shell.unresolvedDependencies(declaration).collect(Collectors.joining(", ")));
                }
            }
        }

        private Outcome.Failure unresolved(UnresolvedReferenceException exception) {
            DeclarationSnippet snippet = exception.getSnippet();
            String message = snippet.name() + " cannot be used until these are declared: "
                    + shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
            return new Outcome.Failure(
                    CompileErrors.NAME,
                    message,
                    List.of(Ansi.red(CompileErrors.NAME) + ": " + message + " (" + Ansi.green(cell.at(line()) + "")
                            + ")"));
        }

        private Outcome failed(Throwable thrown, List<StackTraceElement> frames) {
            return Outcome.failed(Traceback.of(thrown, index, frames), notes);
        }

        private int line() {
            return 1
                    + (int) code.substring(0, offset)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        }

        private int column() {
            return offset - (code.lastIndexOf('\n', offset - 1) + 1);
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
