package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
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
    private static final long INTERRUPT_GRACE_MS = 5000;
    private static final long IDLE_GRACE_MS = 10_000;
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
     * Starts a kernel in {@code directory} and waits until its answers and its output both arrive.
     *
     * @throws NotebookException if it does not come up, with the last lines it wrote
     */
    static KernelClient start(Path directory) throws NotebookException {
        for (int attempt = 1; ; attempt++) {
            var client = new KernelClient(KernelProcess.start(directory));
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
        return new Wait(message.id(), timeout).run();
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

    private void send(Channel channel, String type, JsonObject content) {
        channels.send(channel, Message.of(type, content, new JsonObject(), session));
    }

    private @Nullable Event next(long millis) {
        try {
            return events.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended("the run was interrupted");
        }
    }

    /** The wait for the answer to one request. */
    private final class Wait {
        private final String id;
        private final Duration timeout;
        private final long started = System.nanoTime();
        private JsonObject reply = new JsonObject();
        private String date = "";
        private boolean replied;
        private boolean idle;
        private long interruptedAt;

        Wait(String id, Duration timeout) {
            this.id = id;
            this.timeout = timeout;
        }

        Execution run() {
            while (!(replied && idle)) {
                Event event = next(Math.max(1, patience()));
                if (event instanceof Incoming in) {
                    accept(in);
                } else if (event instanceof Ended ended) {
                    drain();
                    return end(Execution.Ending.DIED, ended.reason());
                } else if (replied) {
                    break; // the idle status went missing
                }
                if (!replied && patience() <= 0) {
                    if (interruptedAt != 0) {
                        process.kill();
                        drain();
                        return end(Execution.Ending.KILLED, limit() + "; the kernel did not stop and was ended");
                    }
                    interruptedAt = System.nanoTime();
                    send(Channel.CONTROL, "interrupt_request", new JsonObject());
                }
            }
            return interruptedAt == 0 ? end(Execution.Ending.REPLIED, "") : end(Execution.Ending.INTERRUPTED, limit());
        }

        private String limit() {
            String seconds = timeout.toMillis() % 1000 == 0
                    ? Long.toString(timeout.toSeconds())
                    : Double.toString(timeout.toMillis() / 1000.0);
            return "the cell ran longer than " + seconds + " s";
        }

        /** Milliseconds until something has to be done. */
        private long patience() {
            if (replied) {
                return IDLE_GRACE_MS;
            }
            if (timeout.isZero()) {
                return Long.MAX_VALUE / 2_000_000;
            }
            long now = System.nanoTime();
            return interruptedAt == 0
                    ? timeout.toMillis() - (now - started) / 1_000_000
                    : INTERRUPT_GRACE_MS - (now - interruptedAt) / 1_000_000;
        }

        private void accept(Incoming in) {
            Message message = in.message();
            if (in.channel() == Channel.IOPUB) {
                listeners.getOrDefault(message.parentId(), any -> {}).accept(message);
                idle |= message.parentId().equals(id)
                        && message.type().equals("status")
                        && Json.text(message.content(), "execution_state", "").equals("idle");
            } else if (in.channel() == Channel.STDIN && message.type().equals("input_request")) {
                var empty = new JsonObject();
                empty.addProperty("value", "");
                empty.addProperty("status", "ok");
                channels.send(Channel.STDIN, Message.of("input_reply", empty, message.header(), session));
            } else if (message.parentId().equals(id) && message.type().equals("execute_reply")) {
                replied = true;
                reply = message.content();
                date = Json.text(message.header(), "date", "");
            }
        }

        /** Hears what was still under way when the process ended. */
        private void drain() {
            for (Event event = next(300); event != null; event = next(100)) {
                if (event instanceof Incoming in) {
                    accept(in);
                }
            }
        }

        private Execution end(Execution.Ending ending, String detail) {
            return new Execution(ending, reply, date, detail);
        }
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
