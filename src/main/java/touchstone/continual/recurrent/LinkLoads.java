package touchstone.continual.recurrent;

import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * The load of one link of a network: a sum of four daily demands and correlated noise, in units of the usual mean load. When a link
 * elsewhere fails, its traffic is sent over this one: from then on another demand with a rhythm of its own, {@code size} times as
 * large, comes on top.
 *
 * <p>A demand is {@code a (1 + 0.6 sin(2 pi t / period + phase))} with random phase and share a; noise is autoregressive with
 * coefficient 0.7. Differs from the paper: one link instead of a routed continental topology.
 *
 * @param period steps a day, 2 or more
 * @param noise standard deviation of the noise, 0 or more
 * @param seed of all that is drawn
 */
@Reference("ayoub2024liquid")
public record LinkLoads(int period, double noise, long seed) {
    private static final double MEMORY = 0.7;
    private static final double SWING = 0.6;
    private static final int DEMANDS = 4;

    public LinkLoads {
        Check.atLeast(period, 2, "period");
        Check.notNegative(noise, "noise");
    }

    /** Days of 48 steps, noise 0.03, seed 1. */
    public static LinkLoads defaults() {
        return new LinkLoads(48, 0.03, 1);
    }

    public LinkLoads withSeed(long s) {
        return new LinkLoads(period, noise, s);
    }

    public LinkLoads withNoise(double deviation) {
        return new LinkLoads(period, deviation, seed);
    }

    /** Loads without a failure, [steps], 0 or more each. */
    public double[] calm(String stream, int steps) {
        return series(stream, steps, steps, 0);
    }

    /**
     * Loads with a failure elsewhere. Streams of one seed share the link's usual demands; noise and the re-routed demand are their
     * own. Equal streams agree before the failure, whatever its size.
     *
     * @param failure first step with the re-routed demand
     * @param size mean of the re-routed demand over the usual mean load, 0 or more
     * @return [steps], 0 or more each
     */
    public double[] series(String stream, int steps, int failure, double size) {
        Check.atLeast(steps, 1, "steps");
        Check.atLeast(failure, 0, "failure");
        Check.notNegative(size, "size");
        var usual = new Demands(Seeds.rng(seed, "link demands"), DEMANDS);
        var routed = new Demands(Seeds.rng(seed, "re-routed demand " + stream), 1);
        RandomGenerator rng = Seeds.rng(seed, "link noise " + stream);
        var out = new double[steps];
        double ar = noise * rng.nextGaussian();
        for (int t = 0; t < steps; t++) {
            double load = usual.at(t, period) + ar;
            out[t] = Math.max(0, t < failure ? load : load + size * routed.at(t, period));
            ar = MEMORY * ar + Math.sqrt(1 - MEMORY * MEMORY) * noise * rng.nextGaussian();
        }
        return out;
    }

    /** Sinusoids of mean 1 in all. */
    private static final class Demands {
        private final double[] share;
        private final double[] phase;

        Demands(RandomGenerator rng, int count) {
            share = new double[count];
            phase = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                share[i] = 0.5 + rng.nextDouble();
                phase[i] = 2 * Math.PI * rng.nextDouble();
                sum += share[i];
            }
            for (int i = 0; i < count; i++) {
                share[i] /= sum;
            }
        }

        double at(int t, int period) {
            double load = 0;
            for (int i = 0; i < share.length; i++) {
                load += share[i] * (1 + SWING * Math.sin(2 * Math.PI * t / period + phase[i]));
            }
            return load;
        }
    }
}
