package touchstone.nn.bench;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.util.Seeds;

/** Fresh random numbers. Each row is drawn by its number, so that any number of threads draws the same. */
final class Inputs {
    private static final int CHUNK = 1 << 20; // numbers drawn at once

    private Inputs() {}

    /** Standard normal numbers, [rows, columns]. */
    static Tensor normal(Backend backend, int rows, int columns, long seed) {
        Tensor x = backend.zeros(rows, columns);
        int height = Math.max(1, CHUNK / Math.max(1, columns));
        var chunk = new double[Math.min(rows, height) * columns];
        for (int from = 0; from < rows; from += height) {
            int first = from;
            int count = Math.min(height, rows - from);
            IntStream.range(0, count)
                    .parallel()
                    .forEach(i -> fill(chunk, i * columns, columns, Seeds.rng(seed, "row", (long) first + i)));
            x.block(from, count, 0, columns).copyFrom(chunk, 0);
        }
        return x;
    }

    /** The same numbers in double, [rows, columns]. */
    static double[][] rows(int rows, int columns, long seed) {
        var x = new double[rows][columns];
        IntStream.range(0, rows).parallel().forEach(i -> fill(x[i], 0, columns, Seeds.rng(seed, "row", i)));
        return x;
    }

    /** What a scorer, made for rows of normal numbers, writes for them into [rows, 1] that was full of NaN. */
    static double[] scores(
            Machine machine, int rows, int columns, long seed, Function<Tensor, Consumer<Tensor>> scorer) {
        Backend backend = machine.backend(Precision.FP32);
        Tensor x = normal(backend, rows, columns, seed);
        Tensor out = poisoned(backend, rows, 1);
        scorer.apply(x).accept(out);
        var found = new double[rows];
        out.copyTo(found, 0);
        machine.free(x, out);
        return found;
    }

    /** Numbers for timing: on a card made there, in [-1, 1), else standard normal. */
    static Tensor any(Machine machine, int rows, int columns, long seed) {
        return machine instanceof CardMachine card
                ? card.uniform(rows, columns, seed)
                : normal(machine.backend(Precision.FP32), rows, columns, seed);
    }

    /** A tensor of these rows. */
    static Tensor of(Backend backend, double[]... rows) {
        Tensor x = backend.zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            x.block(i, 1, 0, rows[i].length).copyFrom(rows[i], 0);
        }
        return x;
    }

    private static void fill(double[] to, int from, int count, RandomGenerator rng) {
        for (int j = 0; j < count; j++) {
            to[from + j] = (float) rng.nextGaussian();
        }
    }

    /** A tensor of which every number is NaN. */
    static Tensor poisoned(Backend backend, int rows, int columns) {
        Tensor x = backend.zeros(rows, columns);
        backend.fill(x, Double.NaN);
        return x;
    }

    /** {@code ||out - ref|| / ||ref||}; NaN where out has one, infinite where lengths differ. */
    static double apart(double[] out, double[] ref) {
        if (out.length != ref.length) {
            return Double.POSITIVE_INFINITY;
        }
        double off = 0;
        double all = 0;
        for (int i = 0; i < ref.length; i++) {
            off += (out[i] - ref[i]) * (out[i] - ref[i]);
            all += ref[i] * ref[i];
        }
        return Math.sqrt(off / all);
    }
}
