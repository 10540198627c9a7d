package touchstone.kernel;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.display.Displays;
import touchstone.kernel.display.MimeBundle;
import touchstone.kernel.display.Renderers;
import touchstone.kernel.display.Streams;
import touchstone.kernel.engine.Outcome;
import touchstone.kernel.magic.MagicParser;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.protocol.Channels;
import touchstone.kernel.protocol.ConnectionInfo;

/** The kernel: wires protocol, engine, display and magics. One a JVM. */
public final class Kernel {
    private static volatile @Nullable Kernel instance;

    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final Magics magics = new Magics();
    private final Cells cells;
    private final Channels channels;
    private final Streams streams;
    private final Displays displays;
    private final Stdin stdin;
    private final History history;
    private final Comms comms;
    private final Requests requests;
    private boolean extensionsInstalled;

    Kernel(ConnectionInfo connection) {
        requests = new Requests(this);
        channels = new Channels(connection, requests); // first, so that kernel_info is answered while the rest comes up
        Settings settings = Settings.from(System.getenv());
        cells = new Cells(settings, magics);
        streams = new Streams(this::publish, settings.output());
        displays = new Displays(this::publish, streams, new Renderers(type -> beforeForeignType()));
        displays.renderers().register(Grade.class, Grade::render);
        stdin = new Stdin(channels, streams);
        history = new History(History.defaultFile());
        comms = new Comms(channels);
        var count = new AtomicInteger();
        Supplier<Executions> shells = () -> new Executions(this, channels, settings.timeoutMillis(), count);
        Executions main = shells.get();
        requests.attach(channels, new Subshells(main, shells));
        instance = this;
        redirectStandardStreams();
        status("starting", new JsonObject());
        main.start();
        channels.start();
        BuiltInMagics.register(this);
        InterruptSignal.handleWith(this::interrupt);
    }

    /** The kernel of this JVM. */
    public static Kernel instance() {
        Kernel kernel = instance;
        if (kernel == null) {
            throw new IllegalStateException("no kernel runs in this JVM: this works inside a notebook only");
        }
        return kernel;
    }

    /** The kernel of this JVM, or null where a library runs without one. */
    static @Nullable Kernel running() {
        return instance;
    }

    /** Runs a cell within a cell; returns the value of its last expression. A failure is thrown. */
    public @Nullable Object eval(String code) {
        Outcome outcome = cells.runWithin(code, "eval");
        Outcome.Failure error = outcome.error();
        if (error != null) {
            throw new Cells.CellFailedException(error);
        }
        return outcome.value();
    }

    /** Runs {@code %name args}. */
    public @Nullable Object lineMagic(String name, List<String> args) throws Exception {
        if (!magics.lineNames().contains(name)) {
            installExtensions();
        }
        return magics.runLine(name, args);
    }

    /** Runs {@code %%name args} over a body. */
    public @Nullable Object cellMagic(String name, List<String> args, String body) throws Exception {
        if (!magics.cellNames().contains(name)) {
            installExtensions();
        }
        return magics.runCell(name, args, body);
    }

    /** Adds jars or folders to what cells see. */
    public void addToClasspath(List<String> paths) {
        if (!paths.isEmpty()) {
            cells.engine().addToClassPath(String.join(File.pathSeparator, paths)); // at once: all jars are read anew
        }
    }

    /** The value of a cell, as {@code Out[n]} gives it. */
    public Object out(int number) {
        return cells.results().out(number);
    }

    /** The text of a cell, as {@code In[n]} gives it. */
    public String in(int number) {
        return cells.results().in(number);
    }

    /** Asks the user for a line at the front end. */
    String ask(String prompt, boolean password) throws java.io.InterruptedIOException {
        return stdin.ask(prompt, password);
    }

    public Displays displays() {
        return displays;
    }

    public Magics magics() {
        return magics;
    }

    /** Channels to code in the front end, such as widgets. */
    public Comms comms() {
        return comms;
    }

    Cells cells() {
        return cells;
    }

    Streams streams() {
        return streams;
    }

    Stdin stdin() {
        return stdin;
    }

    History history() {
        return history;
    }

    /** Renders so that an endless toString can be interrupted. */
    MimeBundle render(@Nullable Object value) {
        try {
            return cells.engine().stoppable(() -> displays.renderers().render(value));
        } catch (Exception | StackOverflowError | touchstone.kernel.engine.Guard.CellInterrupted e) {
            return MimeBundle.text("(the result cannot be shown: " + e + ")");
        }
    }

    void status(String state, JsonObject parent) {
        publish("status", state(state), parent);
    }

    static JsonObject state(String state) {
        var content = new JsonObject();
        content.addProperty("execution_state", state);
        return content;
    }

    void publish(String type, JsonObject content, JsonObject parent) {
        channels.publish(type, content, new JsonObject(), parent, List.of());
    }

    void interrupt() {
        cells.interrupt();
    }

    /** Lets {@link #awaitShutdown} return. */
    void shutDown() {
        shutdown.countDown();
    }

    /** Waits for a shutdown request, calls {@code begin}, then sends what is left and closes the sockets. */
    void awaitShutdown(Runnable begin) throws InterruptedException {
        shutdown.await();
        begin.run();
        streams.flush();
        channels.close();
    }

    private void beforeForeignType() {
        if (cells.hasLibrary()) {
            installExtensions();
        }
    }

    private synchronized void installExtensions() {
        if (extensionsInstalled) {
            return;
        }
        extensionsInstalled = true;
        cells.addLibrary();
        var loader = ServiceLoader.load(Extension.class, cells.engine().classLoader());
        var iterator = loader.iterator();
        while (true) {
            try {
                if (!iterator.hasNext()) {
                    return;
                }
                iterator.next().install(displays.renderers(), magics);
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                streams.print("stdout", "note: an extension could not be installed: " + e + "\n");
            }
        }
    }

    private void redirectStandardStreams() {
        PrintStream out = streams.printStream("stdout");
        PrintStream err = streams.printStream("stderr");
        System.setOut(out);
        System.setErr(err);
        System.setIn(stdin);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            Outcome.Failure failure = cells.engine().describe(thrown);
            streams.print(
                    "stderr",
                    "Exception in thread \"" + thread.getName() + "\"\n" + String.join("\n", failure.traceback())
                            + "\n");
        });
    }

    /** Whether a text is a cell magic, whose rest is no Java. */
    static boolean isCellMagic(String code) {
        return MagicParser.cellMagic(code).isPresent();
    }
}
