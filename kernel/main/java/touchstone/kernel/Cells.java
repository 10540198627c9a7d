package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.engine.Completer;
import touchstone.kernel.engine.Engine;
import touchstone.kernel.engine.Guard;
import touchstone.kernel.engine.Inspector;
import touchstone.kernel.engine.Outcome;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.MagicParser;
import touchstone.kernel.magic.Magics;

/** Runs cells: magics first, the rest as Java. Brings the engine up in the background from the first moment. */
final class Cells {
    private static final int WARM_UP_AFTER_MS = 300;
    /** Ends in a name, or where one may begin, that is not a member of something. */
    private static final Pattern SIMPLE_NAME = Pattern.compile("(?<![.\\w$]|\\.\\s)\\w*\\z");

    private final Settings settings;
    private final Magics magics;
    private final DefaultImports imports = new DefaultImports();
    private final Results results = new Results(expression -> engine().typeOf(expression));
    private final CompletableFuture<Engine> engine;
    private final List<String> startupNotes = new ArrayList<>();
    private final ArrayBackend backend = new ArrayBackend(System.getenv());
    private final Thread starter;
    private final AtomicBoolean libraryAdded = new AtomicBoolean();
    private @Nullable Completer completer;
    private @Nullable Inspections inspections;
    private @Nullable Engine starting; // touched by the starter alone

    Cells(Settings settings, Magics magics) {
        this.settings = settings;
        this.magics = magics;
        engine = new CompletableFuture<>();
        starter = new Thread(this::bringUp, "touchstone-engine-start");
        starter.setDaemon(true);
        starter.start();
    }

    /** The engine; waits until it is up and the start-up scripts have run. */
    Engine engine() {
        Engine own = Thread.currentThread() == starter ? starting : null;
        if (own != null) {
            return own; // a start-up script that calls eval or a magic
        }
        try {
            return engine.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the Java engine could not be started: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the Java engine starts");
        }
    }

    /** Looks up signatures and javadoc; waits until the engine is up. */
    Inspections inspections() {
        Engine ready = engine(); // before the lock, which the start-up needs too
        synchronized (this) {
            Inspections known = inspections == null ? new Inspections(new Inspector(ready)) : inspections;
            inspections = known;
            return known;
        }
    }

    /** Completes names; waits until the engine is up. */
    Completer completer() {
        Engine ready = engine();
        synchronized (this) {
            Completer known = completer == null ? new Completer(ready) : completer;
            completer = known;
            return known;
        }
    }

    ArrayBackend backend() {
        return backend;
    }

    /** What earlier cells were and gave. */
    Results results() {
        return results;
    }

    /** Interrupts what runs; nothing when the engine is not up yet. */
    void interrupt() {
        if (engine.isDone() && !engine.isCompletedExceptionally()) {
            engine.join().interrupt();
        }
    }

    /** Complaints about the start, once. */
    synchronized List<String> takeStartupNotes() {
        List<String> notes = List.copyOf(startupNotes);
        startupNotes.clear();
        return notes;
    }

    /** Runs a cell. */
    Outcome run(String code, String label) {
        try {
            return runWithin(code, label);
        } finally {
            Progress.endOfCell();
        }
    }

    /** Runs code as a part of the cell that runs. */
    Outcome runWithin(String code, String label) {
        Optional<MagicParser.CellCall> magic = MagicParser.cellMagic(code);
        if (magic.isEmpty()) {
            return runJava(code, label);
        }
        try {
            MagicParser.CellCall call = magic.get();
            Object value = engine().stoppable(() -> magics.runCell(call.name(), call.args(), call.body()));
            return new Outcome(value, value != null, null, List.of());
        } catch (CellFailedException e) {
            return new Outcome(null, false, e.failure(), List.of());
        } catch (Exception | StackOverflowError | OutOfMemoryError | Guard.CellInterrupted e) {
            return new Outcome(null, false, engine().describe(e), List.of());
        }
    }

    private Outcome runJava(String code, String label) {
        String java = MagicParser.expandLineMagics(results.expand(code));
        try {
            if (ClassPath.namesLibrary(java) && backend.isMissing()) {
                engine().<@Nullable Object>stoppable(() -> {
                    provideBackend();
                    return null;
                });
            }
        } catch (Exception | Guard.CellInterrupted e) {
            return new Outcome(null, false, engine().describe(e), List.of());
        }
        provideFor(java);
        return engine().evaluate(java, code, label);
    }

    /** Completes the class path by the jars of the backend that was asked for; throws where it cannot run here. */
    void provideBackend() {
        List<Path> jars = backend.provide();
        if (!jars.isEmpty()) {
            engine().addToClassPath(ArrayBackend.path(jars));
        }
    }

    /** Makes what code names known to the compiler: default imports, and the library's jars. */
    void provideFor(String code) {
        if (ClassPath.namesLibrary(code)) {
            addLibrary();
        }
        runImports(imports.neededBy(code));
    }

    /** As {@link #provideFor}, for code with an unfinished name that completion may take anywhere. */
    void provideForCompletion(String code) {
        provideFor(code);
        if (SIMPLE_NAME.matcher(code).find()) {
            runImports(imports.common());
        }
    }

    private void runImports(String needed) {
        if (!needed.isEmpty()) {
            engine().evaluate(needed, needed, "imports");
        }
    }

    /** Opens the library's jars, once. */
    void addLibrary() {
        if (libraryAdded.compareAndSet(false, true)) {
            String library = ClassPath.ofLibrary();
            if (!library.isEmpty()) {
                engine().addToClassPath(library);
            }
        }
    }

    /** Whether a value can be of a class of the library. */
    boolean hasLibrary() {
        return libraryAdded.get() || ClassPath.holdsLibrary();
    }

    private void bringUp() {
        try {
            var ready = new Engine(ClassPath.ofKernel(), settings.compilerOptions());
            settings.classPath().forEach(path -> ready.addToClassPath(path.toString()));
            starting = ready;
            runStartupScripts();
            engine.complete(ready);
            warmUp(ready);
        } catch (Throwable e) {
            engine.completeExceptionally(e);
        }
    }

    /** The first cell pays for the compiler's start. A user who takes a while to write it need not wait for that. */
    private static void warmUp(Engine ready) throws InterruptedException {
        Thread.sleep(WARM_UP_AFTER_MS);
        if (ready.isUnused()) {
            ready.evaluate("1+1", "1+1", "warm-up");
        }
    }

    private void runStartupScripts() {
        settings.complaints().forEach(this::note);
        for (Path script : settings.startupScripts()) {
            try {
                noteFailure(script.toString(), run(Files.readString(script), script.toString()));
            } catch (IOException e) {
                note("IJAVA_STARTUP_SCRIPTS_PATH: cannot read " + script + ": " + e.getMessage());
            }
        }
        if (!settings.startupScript().isBlank()) {
            noteFailure("IJAVA_STARTUP_SCRIPT", run(settings.startupScript(), "IJAVA_STARTUP_SCRIPT"));
        }
    }

    private void noteFailure(String what, Outcome outcome) {
        Outcome.Failure error = outcome.error();
        if (error != null) {
            note(what + " failed: " + error.name() + ": " + error.message());
        }
    }

    private synchronized void note(String text) {
        startupNotes.add(text);
    }

    /** A cell that a magic ran failed: the magic's cell fails the same way. */
    static final class CellFailedException extends MagicException {
        private static final long serialVersionUID = 1;

        private final transient Outcome.Failure failure;

        CellFailedException(Outcome.Failure failure) {
            super(failure.name() + ": " + failure.message());
            this.failure = failure;
        }

        Outcome.Failure failure() {
            return failure;
        }
    }
}
