package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.engine.Splitter.Kind;
import touchstone.kernel.engine.Splitter.Piece;

/** One cell on its way through JShell, snippet by snippet. The caller holds the engine's lock. */
final class CellRun {
    /** What all cells of an engine share. */
    record Parts(
            JShell shell,
            Supplier<SourceCodeAnalysis> analysis,
            SnippetControl control,
            SnippetLoader loader,
            CellIndex index,
            ResultVariables results,
            AtomicLong counter) {}

    private static final String VALUE = CellValue.class.getName();

    private final Parts parts;
    private final CellIndex.Source cell;
    private final BooleanSupplier interrupted;
    private final Set<String> declaredHere = new HashSet<>();
    private final String code;
    private final List<String> notes = new ArrayList<>();
    private final List<Snippet> unresolved = new ArrayList<>();
    private @Nullable Object value;
    private boolean hasValue;
    private String valueType = "";
    private String expression = "";
    private Outcome.@Nullable Failure error;
    private int offset;

    CellRun(Parts parts, CellIndex.Source cell, String code, BooleanSupplier interrupted) {
        this.parts = parts;
        this.cell = cell;
        this.code = code;
        this.interrupted = interrupted;
    }

    Outcome run() {
        List<Piece> pieces = Splitter.pieces(code);
        if (pieces.isEmpty()) {
            analyseAndRun(0, code.length());
        }
        int i = 0;
        while (i < pieces.size() && error == null) {
            int end = i;
            while (end < pieces.size() && pieces.get(end).kind() != Kind.OTHER) {
                end++;
            }
            if (stopped()) {
                break;
            }
            if (end > i) {
                runStatements(
                        pieces.subList(i, end),
                        end < pieces.size() ? pieces.get(end).start() : code.length());
            } else {
                offset = pieces.get(i).start();
                evaluate(pieces.get(i).source());
            }
            i = Math.max(end, i + 1);
        }
        noteUnresolved();
        return error == null ? Outcome.of(value, hasValue, expression, valueType, notes) : Outcome.failed(error, notes);
    }

    private boolean stopped() {
        if (interrupted.getAsBoolean()) {
            error = Traceback.of(new Guard.CellInterrupted(), parts.index(), List.of());
        }
        return error != null;
    }

    /**
     * Runs statements in a variable's initialiser, which JShell compiles with half the work that it puts into a
     * statement, and a third of what an expression costs. Where they do not compile together nothing has run, and
     * JShell takes them one by one.
     */
    private void runStatements(List<Piece> pieces, int end) {
        Piece first = pieces.get(0);
        offset = first.start();
        String last = lastExpression(pieces);
        String name = "$cell" + parts.counter().incrementAndGet();
        String source = "java.lang.Object " + name + "=" + initialiser(pieces, last) + ";";
        parts.control().takeThrown();
        CellValue.take();
        parts.index().begin(source, cell, line());
        List<SnippetEvent> events = parts.shell().eval(source);
        SnippetEvent event = events.get(0);
        Snippet snippet = event.snippet();
        if (event.status() == Status.VALID) {
            parts.index().put(snippet.id(), cell, line());
            handle(event, source);
            CellValue given = CellValue.take();
            if (given != null && error == null) {
                show(given.get(), "");
                expression = last;
            }
        }
        if (event.status() != Status.REJECTED) {
            parts.shell().drop(snippet);
        }
        if (event.status() != Status.VALID) {
            analyseAndRun(first.start(), end);
        }
    }

    private static String lastExpression(List<Piece> pieces) {
        Piece last = pieces.get(pieces.size() - 1);
        String text = last.kind() == Kind.EXPRESSION ? last.source() : "";
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    private String initialiser(List<Piece> pieces, String lastExpression) {
        Piece last = pieces.get(pieces.size() - 1);
        // a line break before the bracket: the expression may end in a comment
        String value = lastExpression.isEmpty() ? last.source() : VALUE + ".of(() -> " + lastExpression + "\n)";
        if (pieces.size() == 1 && !lastExpression.isEmpty()) {
            return value;
        }
        String before = code.substring(pieces.get(0).start(), last.start());
        return VALUE + ".run(() -> {" + before + value + ";})";
    }

    /** Runs a part of the cell as JShell's own analysis splits it. */
    private void analyseAndRun(int start, int end) {
        String rest = code.substring(start, end);
        while (error == null && !rest.isBlank() && !stopped()) {
            rest = rest.stripLeading();
            CompletionInfo info = parts.analysis().get().analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            boolean whole = info.completeness().isComplete();
            String source = whole ? info.source() : rest;
            offset = end - Math.min(end, rest.length());
            evaluate(source);
            if (!whole && error == null) {
                error = CompileErrors.of(List.of(), source, cell, line(), 0);
            }
            rest = whole ? info.remaining() : "";
        }
    }

    private void evaluate(String source) {
        parts.control().takeThrown();
        parts.index().begin(source, cell, line());
        List<SnippetEvent> events = parts.shell().eval(source);
        for (SnippetEvent event : events) {
            if (event.causeSnippet() == null) {
                parts.index().put(event.snippet().id(), cell, line());
                handle(event, source);
            }
        }
        noteLost();
    }

    private void noteLost() {
        for (String lost : parts.loader().takeLostVariables()) {
            notes.add("variable " + lost + " was reset to null, because the class of its value was redefined");
        }
    }

    private void handle(SnippetEvent event, String source) {
        Snippet snippet = event.snippet();
        JShellException exception = event.exception();
        hasValue = false;
        value = null;
        expression = "";
        if (event.status() == Status.REJECTED) {
            error = CompileErrors.of(
                    parts.shell().diagnostics(snippet).collect(Collectors.toList()), source, cell, line(), column());
        } else if (exception instanceof UnresolvedReferenceException unresolvedReference) {
            error = unresolved(unresolvedReference);
        } else if (exception instanceof EvalException evalException) {
            if (snippet instanceof VarSnippet variable && snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                parts.results().drop(variable);
            }
            Throwable thrown = parts.control().takeThrown();
            error = Traceback.of(
                    thrown == null ? evalException : thrown, parts.index(), List.of(evalException.getStackTrace()));
        } else {
            if (event.status() == Status.RECOVERABLE_DEFINED || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
                unresolved.add(snippet);
            }
            if (snippet instanceof MethodSnippet method) {
                noteOldOverloads(method);
                declaredHere.add(method.id());
            }
            take(snippet, event.value());
        }
    }

    private void take(Snippet snippet, @Nullable String key) {
        SubKind kind = snippet.subKind();
        if (kind == SubKind.VAR_DECLARATION_SUBKIND) {
            parts.loader().reset(((VarSnippet) snippet).name());
        }
        if (key == null) {
            return;
        }
        Object result = parts.control().takeResult(key);
        if (kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND && snippet instanceof VarSnippet variable) {
            show(result, variable.typeName());
            parts.results().add(variable);
        } else if (snippet instanceof ExpressionSnippet expression
                && (kind == SubKind.VAR_VALUE_SUBKIND || kind == SubKind.OTHER_EXPRESSION_SUBKIND)) {
            show(result, expression.typeName());
        }
    }

    private void show(@Nullable Object result, String type) {
        hasValue = true;
        value = result;
        valueType = type;
    }

    /** A method with other parameter types is another method: the older one stays and may be the one that is called. */
    private void noteOldOverloads(MethodSnippet method) {
        parts.shell()
                .methods()
                .filter(other -> !other.id().equals(method.id())
                        && !declaredHere.contains(other.id())
                        && other.name().equals(method.name())
                        && parameters(other) == parameters(method))
                .forEach(other -> notes.add("the older " + other.name() + "(" + other.parameterTypes()
                        + ") is still there beside " + method.name() + "(" + method.parameterTypes()
                        + "); a call takes the one that fits better"));
    }

    private static long parameters(MethodSnippet method) {
        String types = method.parameterTypes();
        return types.isEmpty() ? 0 : 1 + types.chars().filter(c -> c == ',').count();
    }

    private void noteUnresolved() {
        for (Snippet snippet : unresolved) {
            Status status = parts.shell().status(snippet);
            if (snippet instanceof DeclarationSnippet declaration
                    && (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED)) {
                notes.add(declaration.name() + " cannot be used until these are declared: "
                        + parts.shell().unresolvedDependencies(declaration).collect(Collectors.joining(", ")));
            }
        }
    }

    private Outcome.Failure unresolved(UnresolvedReferenceException exception) {
        DeclarationSnippet snippet = exception.getSnippet();
        String message = snippet.name() + " cannot be used until these are declared: "
                + parts.shell().unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        return new Outcome.Failure(
                CompileErrors.NAME,
                message,
                List.of(Ansi.red(CompileErrors.NAME) + ": " + message + " (" + Ansi.green(cell.at(line()) + "") + ")"));
    }

    private int line() {
        return 1
                + (int) code.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private int column() {
        return offset - (code.lastIndexOf('\n', offset - 1) + 1);
    }
}
