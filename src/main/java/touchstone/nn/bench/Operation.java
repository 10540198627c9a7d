package touchstone.nn.bench;

import java.util.Map;

/** Something that is checked and then timed. Its speed is told as work a second, so that higher is better. */
interface Operation {
    Label label();

    /** Whether a machine has it. */
    default boolean runsOn(Machine machine) {
        return machine.has(label().precision());
    }

    /** Bound of {@link #error}. */
    double bound();

    /**
     * {@code ||out - ref|| / ||ref||} on fresh random inputs, with ref in float64 on the processor and out full of NaN before; a
     * NaN that is left makes it NaN.
     */
    double error(Machine machine, long seed);

    /** Rows of it in full; a slow machine may be timed on fewer. */
    int rows();

    /** Gets inputs ready, of so many of the rows. */
    Trial prepare(Machine machine, int rows, long seed);

    /** What torch shall do to be compared, as its script reads it; empty where there is nothing to compare. */
    Map<String, Object> peer();

    /**
     * What an operation is called.
     *
     * @param key unique
     * @param size such as {@code 1024 x 1024 x 1024}
     * @param unit of its speed
     * @param work how many of the unit's things one run in full does
     * @param flops floating-point operations of one run in full
     * @param bytes that one run in full must move at least, in the card's memory
     */
    record Label(
            String key,
            String name,
            String size,
            Precision precision,
            String unit,
            double work,
            double flops,
            double bytes) {}

    /** An operation with its inputs. */
    interface Trial extends AutoCloseable {
        /** Runs it on the inputs of that turn; a card may still be at it when this returns. */
        void run(int turn);

        /** How much of the whole it does, up to 1. */
        double share();

        @Override
        void close();
    }
}
