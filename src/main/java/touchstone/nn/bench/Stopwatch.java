package touchstone.nn.bench;

import java.util.Arrays;

/**
 * Times an operation by the processor's clock, from a moment at which the machine has nothing to do to the next one.
 *
 * @param least seconds that a repeat lasts at least, by running the operation several times in it
 * @param repeats repeats wanted
 */
record Stopwatch(double least, int repeats) {
    private static final double NANO = 1e-9;
    private static final int MOST = 10_000; // runs a repeat

    /** Seven repeats. */
    static Stopwatch of(double least) {
        return new Stopwatch(least, 7);
    }

    /**
     * Seconds of a run.
     *
     * @param median of the repeats
     * @param best of the repeats
     * @param repeats that there was time for
     */
    record Reading(double median, double best, int repeats) {}

    /** Warms up and times; stops after so many seconds with the repeats that it has, one at least. */
    Reading time(Machine machine, Operation.Trial trial, double seconds) {
        long end = System.nanoTime() + (long) (seconds / NANO);
        double first = once(machine, trial, 1, 0); // loads code, fills pools
        if (System.nanoTime() >= end) {
            return new Reading(first, first, 1);
        }
        double warm = once(machine, trial, 1, 1);
        int runs = (int) Math.max(1, Math.min(MOST, Math.ceil(least / warm)));
        var times = new double[repeats];
        int done = 0;
        while (done < repeats && (done == 0 || System.nanoTime() < end)) {
            times[done] = once(machine, trial, runs, done * runs);
            done++;
        }
        double[] sorted = Arrays.copyOf(times, done);
        Arrays.sort(sorted);
        double median = (sorted[(done - 1) / 2] + sorted[done / 2]) / 2;
        return new Reading(median, sorted[0], done);
    }

    /** Seconds of one of so many runs. */
    double once(Machine machine, Operation.Trial trial, int runs, int turn) {
        machine.synchronize();
        long from = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            trial.run(turn + i);
        }
        machine.synchronize();
        return Math.max(1, System.nanoTime() - from) * NANO / runs;
    }
}
