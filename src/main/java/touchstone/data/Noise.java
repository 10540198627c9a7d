package touchstone.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/** Disturbed copies of examples, to see what a model makes of them. */
public final class Noise {
    private Noise() {}

    /**
     * Normal noise of mean 0 on every number; nothing is cut off.
     *
     * @param rows examples, [n, d]; not modified
     * @param deviation of the noise, in the unit of the rows, 0 or more
     * @param seed of the noise; row i has a stream of its own, the same at every deviation
     */
    public static double[][] gaussian(double[][] rows, double deviation, long seed) {
        Check.notNegative(deviation, "deviation");
        var noisy = new double[rows.length][];
        for (int i = 0; i < noisy.length; i++) {
            RandomGenerator rng = Seeds.rng(seed, "gaussian noise", i);
            noisy[i] = Arrays.stream(rows[i])
                    .map(v -> v + deviation * rng.nextGaussian())
                    .toArray();
        }
        return noisy;
    }
}
