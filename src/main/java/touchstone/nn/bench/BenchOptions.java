package touchstone.nn.bench;

import touchstone.util.Check;

/**
 * What is measured, and for how long.
 *
 * @param seed of the inputs; a new one each time shows more
 * @param minutes in all, above 0
 * @param sizes of the operations
 */
public record BenchOptions(long seed, double minutes, BenchSizes sizes) {
    public BenchOptions {
        Check.positive(minutes, "minutes");
    }

    /** Eight minutes of the full sizes. */
    public static BenchOptions of(long seed) {
        return new BenchOptions(seed, 8, BenchSizes.full());
    }

    public BenchOptions withMinutes(double most) {
        return new BenchOptions(seed, most, sizes);
    }

    public BenchOptions withSizes(BenchSizes s) {
        return new BenchOptions(seed, minutes, s);
    }
}
