package touchstone.nn.cpu;

import touchstone.nn.Activation;

/** Activations of float rows, by short loops one after the other: only of such does the compiler make vectors. */
final class FloatActivations {
    private static final float ROOT = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBE = 0.044715f;

    /*
     * tanh(x) = x P(x^2) / Q(x^2) for |x| up to 8, where tanh is 1 in float; a least-squares fit, reweighted until the relative errors were
     * even: 6.4e-9, below a float's 6e-8.
     */
    private static final float P0 = 1f;
    private static final float P1 = 0.13444501f;
    private static final float P2 = 0.0035716011f;
    private static final float P3 = 2.189471e-05f;
    private static final float P4 = 1.5230482e-08f;
    private static final float Q1 = 0.46777827f;
    private static final float Q2 = 0.026164455f;
    private static final float Q3 = 0.0003411297f;
    private static final float Q4 = 8.522473e-07f;

    private FloatActivations() {}

    /** Values of GELU or the hyperbolic tangent, [n]. */
    static void values(Activation f, float[] x, float[] y) {
        if (f == Activation.GELU) {
            gelu(x, y);
        } else {
            System.arraycopy(x, 0, y, 0, x.length);
            tanh(y);
        }
    }

    /** Their slopes, [n]. */
    static void slopes(Activation f, float[] x, float[] slope) {
        if (f == Activation.GELU) {
            geluSlope(x, slope);
        } else {
            tanhSlope(x, slope);
        }
    }

    /** tanh of each number, in place. */
    private static void tanh(float[] t) {
        for (int j = 0; j < t.length; j++) {
            t[j] = Math.max(-8, Math.min(8, t[j]));
        }
        for (int j = 0; j < t.length; j++) {
            float v = t[j];
            float z = v * v;
            t[j] = v * ((((P4 * z + P3) * z + P2) * z + P1) * z + P0) / ((((Q4 * z + Q3) * z + Q2) * z + Q1) * z + 1);
        }
    }

    /** {@code dx = 1 - tanh(x)^2}. */
    private static void tanhSlope(float[] x, float[] slope) {
        System.arraycopy(x, 0, slope, 0, x.length);
        tanh(slope);
        for (int j = 0; j < slope.length; j++) {
            slope[j] = 1 - slope[j] * slope[j];
        }
    }

    /** The tanh in GELU. */
    private static void bend(float[] x, float[] t) {
        for (int j = 0; j < t.length; j++) {
            float u = x[j];
            t[j] = ROOT * u * (1 + CUBE * u * u);
        }
        tanh(t);
    }

    private static void gelu(float[] x, float[] y) {
        bend(x, y);
        for (int j = 0; j < y.length; j++) {
            y[j] = 0.5f * x[j] * (1 + y[j]);
        }
    }

    private static void geluSlope(float[] x, float[] slope) {
        bend(x, slope);
        for (int j = 0; j < slope.length; j++) {
            float u = x[j];
            float t = slope[j];
            slope[j] = 0.5f * (1 + t) + 0.5f * ROOT * u * (1 - t * t) * (1 + 3 * CUBE * u * u);
        }
    }
}
