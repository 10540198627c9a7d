package touchstone.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.kernel.display.MimeBundle;
import touchstone.kernel.display.Origin;
import touchstone.kernel.engine.Guard;
import touchstone.kernel.engine.Outcome;
import touchstone.kernel.protocol.Channels;
import touchstone.kernel.protocol.Content;
import touchstone.kernel.protocol.Message;

/**
 * Executes the cells that arrive, one after the other, on a thread of its own. After a failed cell the cells that
 * wait behind it are answered {@code aborted}, unless the cell said otherwise ({@code stop_on_error}).
 */
final class Executions {
    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

    private final Kernel kernel;
    private final Channels channels;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final ScheduledThreadPoolExecutor clock;
    private final long timeoutMillis;
    private final AtomicInteger count;
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;

    /** @param count the execution count, shared by all shells */
    Executions(Kernel kernel, Channels channels, long timeoutMillis, AtomicInteger count) {
        this.count = count;
        this.kernel = kernel;
        this.channels = channels;
        this.timeoutMillis = timeoutMillis;
        clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "touchstone-clock"));
        clock.setRemoveOnCancelPolicy(true);
    }

    void start() {
        // deep recursion is what students write first: a roomy stack
        var cells = new Thread(null, this::loop, "touchstone-cells", 16L << 20);
        cells.setDaemon(true);
        thread = cells;
        cells.start();
    }

    /** Queues an execute_request, or a comm message that must not overtake one. */
    void submit(Message request) {
        queue.add(request);
    }

    /** Ends the shell after the cell that runs now. */
    void stop() {
        stopped = true;
        Thread running = thread;
        if (running != null && queue.isEmpty()) {
            running.interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void loop() {
        while (!stopped) {
            Message request;
            try {
                request = queue.take();
            } catch (InterruptedException e) {
                continue; // a late interrupt of the cell before
            }
            try {
                if (request.type().startsWith("comm_")) {
                    handleComm(request);
                } else {
                    execute(request);
                }
            } catch (Throwable e) {
                LOG.error("a cell could not be executed", e);
                finish(request, Content.error(e.getClass().getName(), String.valueOf(e.getMessage()), List.of()));
            }
        }
    }

    private void handleComm(Message message) {
        kernel.status("busy", message.header());
        new Origin(message.header(), false).enter();
        try {
            kernel.cells().engine().<@Nullable Object>stoppable(() -> {
                kernel.comms().handle(message);
                return null;
            });
        } catch (Exception | StackOverflowError | Guard.CellInterrupted e) {
            kernel.streams().print("stderr", "a comm's handler failed: " + e + "\n");
        }
        kernel.streams().flush();
        kernel.status("idle", message.header());
    }

    private void execute(Message request) {
        JsonObject content = request.content();
        String code;
        CellOrigin origin;
        boolean storeHistory;
        boolean stopOnError;
        try {
            code = Content.text(content, "code");
            origin = new CellOrigin(request);
            storeHistory = !origin.silent() && Content.flag(content, "store_history", true);
            stopOnError = Content.flag(content, "stop_on_error", true);
        } catch (IllegalArgumentException e) {
            kernel.status("busy", request.header());
            finish(request, Content.error("BadRequest", String.valueOf(e.getMessage()), List.of()));
            return;
        }
        int number = storeHistory ? count.incrementAndGet() : count.get();
        if (origin.silent()) {
            kernel.status("busy", request.header());
        } else {
            channels.publishWithNext("status", Kernel.state("busy"), request.header());
            var input = new JsonObject();
            input.addProperty("code", code);
            input.addProperty("execution_count", number);
            channels.publish("execute_input", input, new JsonObject(), request.header(), List.of());
        }
        origin.enter();
        kernel.stdin().forget();
        Outcome outcome = run(code, number);
        JsonObject reply = answer(outcome, code, number, storeHistory, content);
        if (outcome.error() != null && stopOnError) {
            abortQueued();
        }
        finish(request, reply);
    }

    private Outcome run(String code, int number) {
        ScheduledFuture<?> alarm = null;
        if (timeoutMillis > 0) {
            kernel.cells().engine(); // the time that Java takes to come up is not the cell's
            alarm = clock.schedule(kernel::interrupt, timeoutMillis, TimeUnit.MILLISECONDS);
        }
        try {
            Outcome outcome = kernel.cells().run(code, "In[" + number + "]");
            if (alarm != null && alarm.isDone() && outcome.error() != null) {
                String message = "the cell ran longer than the " + timeoutMillis + " ms that IJAVA_TIMEOUT allows";
                return new Outcome(
                        null,
                        false,
                        new Outcome.Failure("TimeoutException", message, List.of("TimeoutException: " + message)),
                        outcome.notes());
            }
            return outcome;
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    private JsonObject answer(
            Outcome outcome, String code, int number, boolean storeHistory, JsonObject requestContent) {
        var notes = new ArrayList<>(kernel.cells().takeStartupNotes());
        notes.addAll(outcome.notes());
        notes.forEach(note -> kernel.streams().print("stdout", "note: " + note + "\n"));
        Outcome.Failure error = outcome.error();
        MimeBundle shown = error == null ? rendered(outcome) : null;
        kernel.streams().flush();
        Origin origin = Origin.current();
        JsonObject reply;
        if (error != null) {
            reply = Content.error(error.name(), error.message(), error.traceback());
            if (!origin.silent()) {
                JsonObject published = reply.deepCopy();
                published.remove("status");
                channels.publish("error", published, new JsonObject(), origin.header(), List.of());
            }
        } else {
            reply = Content.ok();
            JsonObject asked = Content.object(requestContent, "user_expressions");
            if (shown != null && !origin.silent()) {
                publishResult(shown, number, origin.header(), asked.size() == 0);
            }
            reply.add("user_expressions", userExpressions(asked));
        }
        if (storeHistory) {
            kernel.cells().results().remember(number, code, outcome);
            kernel.history().add(number, code, shown == null ? null : shown.toString());
        }
        reply.addProperty("execution_count", number);
        reply.add("payload", new JsonArray());
        return reply;
    }

    /** The value to show; a stream that was printed to, as {@code System.out.printf(...)} gives it back, is none. */
    private @Nullable MimeBundle rendered(Outcome outcome) {
        Object value = outcome.value();
        if (!outcome.hasValue()
                || value == null
                || value instanceof PrintStream
                || kernel.displays().isDisplayId(value)) {
            return null;
        }
        return kernel.render(value);
    }

    /** @param last whether nothing but the status idle follows */
    private void publishResult(MimeBundle bundle, int number, JsonObject parent, boolean last) {
        var content = new JsonObject();
        content.addProperty("execution_count", number);
        content.add("data", bundle.data());
        content.add("metadata", bundle.metadata());
        if (last) {
            channels.publishWithNext("execute_result", content, parent);
        } else {
            channels.publish("execute_result", content, new JsonObject(), parent, List.of());
        }
    }

    private JsonObject userExpressions(JsonObject asked) {
        var answers = new JsonObject();
        for (String name : asked.keySet()) {
            Outcome outcome = kernel.cells().run(asked.get(name).getAsString(), "user_expressions");
            Outcome.Failure error = outcome.error();
            if (error != null) {
                answers.add(name, Content.error(error.name(), error.message(), error.traceback()));
            } else {
                MimeBundle bundle = kernel.render(outcome.value());
                JsonObject answer = Content.ok();
                answer.add("data", bundle.data());
                answer.add("metadata", bundle.metadata());
                answers.add(name, answer);
            }
        }
        return answers;
    }

    private void abortQueued() {
        var waiting = new ArrayList<Message>();
        queue.drainTo(waiting);
        for (Message request : waiting) {
            if (request.type().startsWith("comm_")) {
                queue.add(request);
                continue;
            }
            kernel.status("busy", request.header());
            var content = new JsonObject();
            content.addProperty("status", "aborted");
            finish(request, content);
        }
    }

    private void finish(Message request, JsonObject reply) {
        kernel.streams().flush();
        channels.reply(request, "execute_reply", reply);
        kernel.status("idle", request.header());
    }
}
