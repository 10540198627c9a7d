package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.protocol.Message;
import touchstone.notebook.KernelChannels.Channel;
import touchstone.notebook.KernelChannels.Ended;
import touchstone.notebook.KernelChannels.Event;
import touchstone.notebook.KernelChannels.Incoming;

/** Starts a kernel and executes code in it, one request at a time. For use by one thread. */
final class KernelClient implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int START_ATTEMPTS = 3;

    private final KernelProcess process;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final String session = UUID.randomUUID().toString();
    private final KernelChannels channels;
    private final Map<String, Consumer<Message>> listeners = new HashMap<>();
    private final List<Message> early = new ArrayList<>();
    private JsonObject info = new JsonObject();

    private KernelClient(KernelProcess process) {
        this.process = process;
        channels = new KernelChannels(process.connection(), session, events);
        process.onExit(() -> events.add(new Ended("the kernel " + process.ending())));
    }

    /**
     * Starts a kernel and waits until its answers and its output both arrive.
     *
     * @throws NotebookException if it does not come up, with the last lines it wrote
     */
    static KernelClient start(KernelHost host) throws NotebookException {
        for (int attempt = 1; ; attempt++) {
            var client = new KernelClient(KernelProcess.start(host));
            try {
                String fault = client.awaitReady();
                if (fault.isEmpty()) {
                    fault = client.warmUp();
                }
                if (fault.isEmpty()) {
                    return client;
                }
                List<String> lines = client.process.lastLines();
                String said = String.join("\n  ", lines);
                boolean portTaken = said.contains("in use") || said.contains("BindException");
                if (!portTaken || attempt == START_ATTEMPTS) {
                    throw NotebookException.environment(
                            "the kernel did not start: " + fault + (said.isEmpty() ? "." : "; it wrote:\n  " + said));
                }
            } catch (NotebookException | RuntimeException e) {
                client.close();
                throw e;
            }
            client.close();
        }
    }

    /** Asks for kernel_info until it is answered and IOPub is known to be heard; the fault, or the empty text. */
    private String awaitReady() {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        boolean answered = false;
        boolean heard = false;
        send(Channel.SHELL, "kernel_info_request", new JsonObject());
        while (!answered || !heard) {
            Event event = next(answered ? 300 : Math.max(1, (end - System.nanoTime()) / 1_000_000));
            if (event instanceof Ended ended) {
                return ended.reason();
            } else if (event instanceof Incoming in) {
                heard |= in.channel() == Channel.IOPUB;
                if (in.message().type().equals("kernel_info_reply")) {
                    answered = true;
                    info = in.message().content();
                }
            } else if (System.nanoTime() > end) {
                return "it gave no answer in " + START_LIMIT.toSeconds() + " s";
            } else {
                send(Channel.SHELL, "kernel_info_request", new JsonObject());
            }
        }
        return "";
    }

    /**
     * Has nothing executed, so that the time the language needs to come up is not counted as the first cell's; what the
     * kernel has to say meanwhile is kept for that cell. The fault, or the empty text.
     */
    private String warmUp() {
        JsonObject nothing = request("", false);
        nothing.addProperty("silent", true);
        nothing.addProperty("store_history", false);
        Execution execution = execute(nothing, START_LIMIT, message -> {
            if (message.type().equals("stream")) {
                early.add(message);
            }
        });
        return execution.kernelLives() ? "" : execution.detail();
    }

    /** The kernel's own account of itself: the content of its kernel_info_reply. */
    JsonObject info() {
        return info;
    }

    /**
     * Executes code and returns when the kernel has answered and is idle again, so that all output has been heard.
     *
     * @param timeout how long the code may run; zero means for ever
     * @param iopub gets what this request publishes on IOPub, now and while later requests run
     */
    Execution execute(String code, boolean stopOnError, Duration timeout, Consumer<Message> iopub) {
        early.forEach(iopub);
        early.clear();
        return execute(request(code, stopOnError), timeout, iopub);
    }

    private Execution execute(JsonObject request, Duration timeout, Consumer<Message> iopub) {
        var message = Message.of("execute_request", request, new JsonObject(), session);
        listeners.put(message.id(), iopub);
        channels.send(Channel.SHELL, message);
        return new ExecutionWait(this, message.id(), timeout).run();
    }

    private static JsonObject request(String code, boolean stopOnError) {
        var content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("silent", false);
        content.addProperty("store_history", true);
        content.add("user_expressions", new JsonObject());
        content.addProperty("allow_stdin", false);
        content.addProperty("stop_on_error", stopOnError);
        return content;
    }

    void send(Channel channel, String type, JsonObject content) {
        channels.send(channel, Message.of(type, content, new JsonObject(), session));
    }

    /** The next event, or null when none came in time. */
    @Nullable
    Event next(long millis) {
        try {
            return events.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended("the run was interrupted");
        }
    }

    /** Gives a message on IOPub to the request that it belongs to. */
    void publish(Message message) {
        listeners.getOrDefault(message.parentId(), any -> {}).accept(message);
    }

    /** Answers a question for input with nothing: there is nobody to type. */
    void answerEmpty(Message question) {
        var empty = new JsonObject();
        empty.addProperty("value", "");
        empty.addProperty("status", "ok");
        channels.send(Channel.STDIN, Message.of("input_reply", empty, question.header(), session));
    }

    void kill() {
        process.kill();
    }

    /** What the kernel last wrote to its own stdout and stderr, oldest first. */
    JsonArray lastLines() {
        var lines = new JsonArray();
        process.lastLines().forEach(lines::add);
        return lines;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            var content = new JsonObject();
            content.addProperty("restart", false);
            send(Channel.CONTROL, "shutdown_request", content);
            process.waitFor(3000);
        }
        process.close();
        channels.close();
    }
}
