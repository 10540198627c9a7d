package touchstone.notebook;

import java.time.Duration;

/** Hears how runs go on. Called by the threads of several runs at once. */
public interface Progress extends AutoCloseable {
    /** Hears nothing. */
    Progress SILENT = new Progress() {};

    /** A notebook's kernel is being started. */
    default void started(String name) {}

    /**
     * A cell begins.
     *
     * @param cell from 1
     * @param of how many code cells there are to run
     */
    default void cell(String name, int cell, int of) {}

    /**
     * A cell has ended.
     *
     * @param outcome {@code ok} or what went wrong
     */
    default void cellDone(String name, int cell, int of, Duration took, String outcome) {}

    /** A notebook has ended. */
    default void finished(String name) {}

    @Override
    default void close() {}
}
