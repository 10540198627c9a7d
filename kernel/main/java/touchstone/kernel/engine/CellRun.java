package touchstone.kernel.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
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

    private final Parts parts;
    private final CellIndex.Source cell;
    private final BooleanSupplier interrupted;
    private final String code;
    private final CellNotes notes;
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
        notes = new CellNotes(parts.shell());
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
        return error == null
                ? Outcome.of(value, hasValue, expression, valueType, notes.take())
                : Outcome.failed(error, notes.take());
    }

    private boolean stopped() {
        if (interrupted.getAsBoolean()) {
            error = Traceback.of(new Guard.CellInterrupted(), parts.index(), List.of());
        }
        return error != null;
    }

    /** Where statements do not compile together nothing has run, and JShell takes them one by one. */
    private void runStatements(List<Piece> pieces, int end) {
        offset = pieces.get(0).start();
        StatementBlock block = StatementBlock.of(pieces, code);
        String source = block.declaration("$cell" + parts.counter().incrementAndGet());
        parts.control().takeThrown();
        CellValue.take();
        parts.index().begin(source, cell, line());
        SnippetEvent event = parts.shell().eval(source).get(0);
        Snippet snippet = event.snippet();
        if (event.status() == Status.VALID) {
            parts.index().put(snippet.id(), cell, line());
            handle(event, source);
            CellValue given = CellValue.take();
            if (given != null && error == null) {
                show(given.get(), "");
                expression = block.lastExpression();
            }
        }
        if (event.status() != Status.REJECTED) {
            parts.shell().drop(snippet);
        }
        if (event.status() != Status.VALID) {
            analyseAndRun(pieces.get(0).start(), end);
        }
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
        notes.lost(parts.loader().takeLostVariables());
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
            notes.accepted(snippet, event.status());
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

    private Outcome.Failure unresolved(UnresolvedReferenceException exception) {
        String message = notes.missing(exception.getSnippet());
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
