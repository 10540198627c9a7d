package touchstone.kernel.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What instrumented snippet code calls: {@link #poll} at method entries and backward jumps, {@link #exit} instead of
 * System.exit. Public only because snippets, in a class loader of their own, must reach it.
 */
public final class Guard {
    /** Thrown into code that was interrupted. An Error, so that {@code catch (Exception e)} does not swallow it. */
    public static final class CellInterrupted extends Error implements Explained {
        private static final long serialVersionUID = 1;

        CellInterrupted() {
            super("the cell was interrupted", null, false, true);
        }

        @Override
        public String label() {
            return "Interrupted";
        }
    }

    /** Thrown where a cell asked the JVM to exit. */
    public static final class CellExit extends Error implements Explained {
        private static final long serialVersionUID = 1;

        CellExit(int status) {
            super("System.exit(" + status + ") was called; it ends the cell, not the kernel");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final Set<Thread> STOPPING = ConcurrentHashMap.newKeySet();
    private static volatile boolean stopping;

    private Guard() {}

    /** Stops this thread here if its cell was interrupted. */
    public static void poll() {
        if (stopping) {
            stopIfMeant();
        }
    }

    /** Stands in for {@link System#exit}, {@link Runtime#exit} and {@link Runtime#halt}; called by rewritten code alone. */
    @SuppressWarnings("DoNotCallSuggester")
    public static void exit(int status) {
        throw new CellExit(status);
    }

    /** Stands in for the instance methods of {@link Runtime}. */
    @SuppressWarnings("DoNotCallSuggester")
    public static void exit(Runtime runtime, int status) {
        throw new CellExit(status);
    }

    /** Makes a thread stop at its next poll, and wakes it if it waits. */
    static void stop(Thread thread) {
        STOPPING.add(thread);
        stopping = true;
        thread.interrupt();
    }

    /**
     * Waits, half a second at the most, until the common pool's threads have left what the stopped cell gave them: the
     * parts of a parallel stream that still queue would else run on for ever.
     */
    static void drainWorkers() {
        ForkJoinPool pool = ForkJoinPool.commonPool();
        if (stopping && !pool.isQuiescent()) {
            Thread.interrupted();
            boolean drained = pool.awaitQuiescence(500, TimeUnit.MILLISECONDS);
            LOG.debug("the common pool is {}", drained ? "idle" : "still at work");
        }
    }

    /** Ends a stop: this thread may run again. */
    static void clear(Thread thread) {
        STOPPING.remove(thread);
        stopping = !STOPPING.isEmpty();
    }

    private static void stopIfMeant() {
        Thread thread = Thread.currentThread();
        if (STOPPING.contains(thread) || thread instanceof ForkJoinWorkerThread) {
            throw new CellInterrupted();
        }
    }
}
