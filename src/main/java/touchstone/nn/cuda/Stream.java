package touchstone.nn.cuda;

import com.sun.jna.Pointer;

/** A queue of work on the card, done in order. */
final class Stream {
    private final Driver driver;
    private final Pointer handle;

    Stream(Driver driver, int flags) {
        this.driver = driver;
        handle = driver.handle("cuStreamCreate", flags);
    }

    Pointer handle() {
        return handle;
    }

    void synchronize() {
        driver.call("cuStreamSynchronize", handle);
    }

    void close() {
        driver.call("cuStreamDestroy_v2", handle);
    }

    /** A point in the queue that the processor can wait for. */
    static final class Event {
        private static final int NO_TIMING = 2; // CU_EVENT_DISABLE_TIMING: cheaper

        private final Driver driver;
        private final Pointer handle;

        Event(Driver driver) {
            this.driver = driver;
            handle = driver.handle("cuEventCreate", NO_TIMING);
        }

        /** Marks the end of what the stream holds now. */
        void record(Stream stream) {
            driver.call("cuEventRecord", handle, stream.handle);
        }

        /** Waits for the point marked last; returns at once if none was. */
        void await() {
            driver.call("cuEventSynchronize", handle);
        }

        void close() {
            driver.call("cuEventDestroy_v2", handle);
        }
    }
}
