package touchstone.rlhf.game;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Arithmetic of mixed strategies. */
final class Mixed {
    private Mixed() {}

    /** {@code p_i ~ e^(eta gain_i)}. */
    static double[] softmax(double[] gains, double eta) {
        double most = Arrays.stream(gains).max().orElseThrow();
        double[] w = Arrays.stream(gains).map(g -> Math.exp(eta * (g - most))).toArray();
        double sum = Arrays.stream(w).sum();
        for (int i = 0; i < w.length; i++) {
            w[i] /= sum;
        }
        return w;
    }

    /** Draws an action. */
    static int draw(double[] p, RandomGenerator rng) {
        double u = rng.nextDouble();
        for (int i = 0; i < p.length - 1; i++) {
            u -= p[i];
            if (u < 0) {
                return i;
            }
        }
        return p.length - 1;
    }

    static void add(double[] x, double[] sum) {
        for (int i = 0; i < x.length; i++) {
            sum[i] += x[i];
        }
    }

    static double[] mean(double[] sum, int t) {
        return Arrays.stream(sum).map(s -> s / t).toArray();
    }
}
