package touchstone.notebook;

import java.time.Duration;

/**
 * How notebooks are executed.
 *
 * @param timeout limit for a cell; zero means none; a cell's own {@code metadata.execution.timeout} comes first
 * @param keepGoing whether the cells after a failing one still run; the run has failed all the same
 */
public record RunOptions(Duration timeout, boolean keepGoing) {
    public RunOptions {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, was " + timeout);
        }
    }

    /** No limit, stop at the first failing cell. */
    public static RunOptions defaults() {
        return new RunOptions(Duration.ZERO, false);
    }

    public RunOptions withTimeout(Duration newTimeout) {
        return new RunOptions(newTimeout, keepGoing);
    }

    public RunOptions withKeepGoing(boolean newKeepGoing) {
        return new RunOptions(timeout, newKeepGoing);
    }
}
