package touchstone.notebook;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How the run of one notebook went.
 *
 * @param cells how many code cells were executed
 * @param failedCell number, among the code cells to run, of the first that failed, from 1; 0 when none did
 * @param error one sentence on the first fault; empty when there was none
 */
public record RunResult(
        NotebookJob job, Status status, int cells, int failedCell, String error, Instant started, Duration duration) {
    /** The ways a run ends. */
    public enum Status {
        /** Every cell ran. */
        OK(0),
        /** A cell failed, took too long, or ended the kernel. */
        FAILED(1),
        /** The machine was in the way: no kernel, or the output could not be written. */
        ENVIRONMENT(4);

        private final int exitCode;

        Status(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** This result with a fault of the machine that came after the run. */
    public RunResult withEnvironmentFault(String sentence) {
        String first = error.isEmpty() ? sentence : error;
        return new RunResult(job, Status.ENVIRONMENT, cells, failedCell, first, started, duration);
    }

    /** The result for a program that reads it. */
    public JsonObject toJson() {
        var json = new JsonObject();
        json.addProperty("notebook", job.source().toString());
        json.addProperty("output", job.output().toString());
        json.addProperty("status", status.word());
        json.addProperty("cells", cells);
        json.addProperty("duration_s", duration.toMillis() / 1000.0);
        json.add("parameters", job.parameters());
        if (status != Status.OK) {
            json.addProperty("error", error);
            json.addProperty("failed_cell", failedCell);
        }
        return json;
    }
}
