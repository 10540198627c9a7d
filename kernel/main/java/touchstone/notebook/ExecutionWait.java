package touchstone.notebook;

import com.google.gson.JsonObject;
import java.time.Duration;
import touchstone.kernel.protocol.Message;
import touchstone.notebook.KernelChannels.Channel;
import touchstone.notebook.KernelChannels.Ended;
import touchstone.notebook.KernelChannels.Event;
import touchstone.notebook.KernelChannels.Incoming;

/** The wait for the answer to one request. */
final class ExecutionWait {
    private static final long INTERRUPT_GRACE_MS = 5000;
    private static final long IDLE_GRACE_MS = 10_000;

    private final KernelClient client;
    private final String id;
    private final Duration timeout;
    private final long started = System.nanoTime();
    private JsonObject reply = new JsonObject();
    private String date = "";
    private boolean replied;
    private boolean idle;
    private long interruptedAt;

    ExecutionWait(KernelClient client, String id, Duration timeout) {
        this.client = client;
        this.id = id;
        this.timeout = timeout;
    }

    Execution run() {
        while (!(replied && idle)) {
            Event event = client.next(Math.max(1, patience()));
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
                    client.kill();
                    drain();
                    return end(Execution.Ending.KILLED, limit() + "; the kernel did not stop and was ended");
                }
                interruptedAt = System.nanoTime();
                client.send(Channel.CONTROL, "interrupt_request", new JsonObject());
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
            client.publish(message);
            idle |= message.parentId().equals(id)
                    && message.type().equals("status")
                    && Json.text(message.content(), "execution_state", "").equals("idle");
        } else if (in.channel() == Channel.STDIN && message.type().equals("input_request")) {
            client.answerEmpty(message);
        } else if (message.parentId().equals(id) && message.type().equals("execute_reply")) {
            replied = true;
            reply = message.content();
            date = Json.text(message.header(), "date", "");
        }
    }

    /** Hears what was still under way when the process ended. */
    private void drain() {
        for (Event event = client.next(300); event != null; event = client.next(100)) {
            if (event instanceof Incoming in) {
                accept(in);
            }
        }
    }

    private Execution end(Execution.Ending ending, String detail) {
        return new Execution(ending, reply, date, detail);
    }
}
