package touchstone.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.ToDoubleFunction;

/** Compares gradients with central differences. */
public final class Differences {
    /** Near the best step: rounding costs about 1e-16 / 1e-5 and truncation 1e-10, both times the size of the function. */
    private static final double STEP = 1e-5;

    private Differences() {}

    /** Demands that {@code gradient} be the slopes of f at x, to 1e-6 of the larger of 1 and the slope. */
    public static void check(ToDoubleFunction<double[]> f, double[] x, double[] gradient, String what) {
        assertEquals(x.length, gradient.length, what);
        for (int i = 0; i < x.length; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += STEP;
            down[i] -= STEP;
            double slope = (f.applyAsDouble(up) - f.applyAsDouble(down)) / (up[i] - down[i]);
            assertEquals(slope, gradient[i], 1e-6 * Math.max(1, Math.abs(slope)), what + ", slope " + i);
        }
    }
}
