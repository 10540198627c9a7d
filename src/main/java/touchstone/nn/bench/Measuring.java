package touchstone.nn.bench;

import java.util.Optional;
import touchstone.nn.bench.Measurement.Verdict;
import touchstone.nn.cuda.CudaException;

/**
 * Measures operations: first whether they are right, then how fast they are.
 *
 * @param seed of the inputs
 */
record Measuring(long seed, Stopwatch watch, Budget budget) {
    private static final double ENOUGH = 1; // seconds of a run, of a share of the rows, that say something
    private static final int GROWTH = 4;
    private static final int RUNS = 2 * GROWTH; // of such a share that fit into the time, at least
    private static final int FIRST = 64; // rows of the first share at most, and parts of the whole at least

    Measurement of(Operation operation, Machine machine) {
        double seconds = budget.next();
        if (!(seconds > 0)) {
            return Measurement.skipped(Double.NaN, "the time was over; give more with --minutes");
        }
        try {
            double error = operation.error(machine, seed);
            if (!(error <= operation.bound())) {
                return Measurement.wrong(error, operation.bound());
            }
            if (budget.left() <= 0) {
                return Measurement.skipped(error, "right, but the time was over; give more with --minutes");
            }
            return machine instanceof CardMachine
                    ? whole(operation, machine, error, seconds)
                    : part(operation, machine, error, seconds);
        } catch (CudaException e) {
            return Measurement.failed(Optional.ofNullable(e.getMessage()).orElse("the card failed"));
        } catch (OutOfMemoryError e) {
            return Measurement.failed("Java's memory is full: use a machine with more memory, or --quick");
        }
    }

    private Measurement whole(Operation operation, Machine machine, double error, double seconds) {
        try (Operation.Trial trial = operation.prepare(machine, operation.rows(), seed)) {
            return told(operation, watch.time(machine, trial, seconds), error, trial.share());
        }
    }

    /** Takes more and more rows until a run lasts long enough to be told from its overhead, or all of them. */
    private Measurement part(Operation operation, Machine machine, double error, double seconds) {
        int rows = Math.max(1, Math.min(FIRST, operation.rows() / FIRST));
        while (true) {
            try (Operation.Trial trial = operation.prepare(machine, rows, seed)) {
                double enough = Math.min(ENOUGH, seconds / RUNS);
                double cold = watch.once(machine, trial, 1, 0);
                double once = cold > enough && cold < seconds / GROWTH ? watch.once(machine, trial, 1, 1) : cold;
                if (rows == operation.rows() || once > enough) {
                    return told(operation, watch.time(machine, trial, seconds), error, trial.share());
                }
            }
            rows = (int) Math.min(operation.rows(), (long) rows * GROWTH);
        }
    }

    private static Measurement told(Operation operation, Stopwatch.Reading reading, double error, double share) {
        double work = operation.label().work() * share;
        return new Measurement(
                Verdict.OK, work / reading.median(), work / reading.best(), error, reading.repeats(), share, "");
    }
}
