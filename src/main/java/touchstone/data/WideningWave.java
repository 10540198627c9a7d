package touchstone.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * A regression whose noise grows: x uniform on [0, 4], {@code y = sin(2 x) + (0.1 + 0.25 x) e} with e standard normal. One width
 * of interval fits it nowhere. Immutable.
 */
public final class WideningWave {
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private final double[] x;
    private final double[] y;

    private WideningWave(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /** Draws n independent examples; equal seeds give equal ones. */
    public static WideningWave draw(int n, long seed) {
        Check.atLeast(n, 1, "n");
        RandomGenerator rng = Seeds.rng(seed, "widening wave");
        var x = new double[n];
        var y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 4 * rng.nextDouble();
            y[i] = Math.sin(2 * x[i]) + deviation(x[i]) * rng.nextGaussian();
        }
        return new WideningWave(x, y);
    }

    /** The inputs, [n], in [0, 4). */
    public double[] x() {
        return x.clone();
    }

    /** The inputs as rows of one column, [n, 1]. */
    public double[][] rows() {
        return Arrays.stream(x).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    /** The targets, [n]. */
    public double[] y() {
        return y.clone();
    }

    /** The true quantile of y at x, of a level in (0, 1). */
    public static double quantile(double x, double level) {
        Check.insideUnit(level, "level");
        return Math.sin(2 * x) + deviation(x) * NORMAL.inverseCumulativeProbability(level);
    }

    private static double deviation(double x) {
        return 0.1 + 0.25 * x;
    }
}
