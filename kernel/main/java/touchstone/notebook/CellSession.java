package touchstone.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A kernel in which cells are executed one after the other; what they give is put into them. For use by one thread. */
public final class CellSession implements AutoCloseable {
    private final KernelClient client;
    private final Map<String, List<JsonObject>> displays = new HashMap<>();
    private final List<CellOutputs> outputs = new ArrayList<>();

    private CellSession(KernelClient client) {
        this.client = client;
    }

    /**
     * How a cell ended.
     *
     * @param ok whether it ran to its end
     * @param kernelLives whether the next cell can run
     * @param sentence what went wrong; empty when it is ok
     */
    public record Ended(boolean ok, boolean kernelLives, String sentence) {}

    /** Starts a kernel and waits until it answers. */
    public static CellSession start(KernelHost host) throws NotebookException {
        return new CellSession(KernelClient.start(host));
    }

    /** The kernel's account of its language; empty when it gives none. */
    JsonObject languageInfo() {
        return Json.object(client.info(), "language_info");
    }

    /** Executes a cell whose error does not hold back later ones. */
    public Ended run(Cell cell, Duration limit) {
        return run(cell, false, limit);
    }

    /**
     * Executes a cell; its outputs are in it after {@link #flush}.
     *
     * @param limit how long it may run; zero means for ever
     */
    Ended run(Cell cell, boolean stopOnError, Duration limit) {
        var collected = new CellOutputs(cell, displays);
        outputs.add(collected);
        Execution execution = client.execute(cell.source(), stopOnError, limit, collected::accept);
        if (execution.kernelLives()) {
            collected.time("shell.execute_reply", execution.date());
        }
        String outcome = outcome(execution);
        if (execution.ending() != Execution.Ending.REPLIED) {
            String name = execution.ending() == Execution.Ending.DIED ? "DeadKernelError" : "CellTimeoutError";
            collected.addError(
                    name, execution.detail(), execution.kernelLives() ? lines(outcome) : traceback(outcome, client));
        }
        return new Ended(execution.ok(), execution.kernelLives(), execution.ok() ? "" : outcome);
    }

    /** Puts what was heard so far into the cells. */
    public void flush() {
        outputs.forEach(CellOutputs::flush);
    }

    private static String outcome(Execution execution) {
        if (execution.ending() != Execution.Ending.REPLIED) {
            return execution.detail();
        }
        String value = Json.text(execution.reply(), "evalue", "");
        String name = Json.text(execution.reply(), "ename", Json.text(execution.reply(), "status", "no status"));
        return value.isEmpty() ? name : name + ": " + value.lines().findFirst().orElse("");
    }

    private static JsonArray lines(String text) {
        var lines = new JsonArray();
        lines.add(text);
        return lines;
    }

    private static JsonArray traceback(String outcome, KernelClient client) {
        JsonArray said = client.lastLines();
        JsonArray traceback = lines(outcome);
        if (!said.isEmpty()) {
            traceback.add("The kernel's last words:");
            traceback.addAll(said);
        }
        return traceback;
    }

    @Override
    public void close() {
        client.close();
    }
}
