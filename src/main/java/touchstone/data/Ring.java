package touchstone.data;

import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Points of the plane about a circle around the origin: their mean is where none of them lies.
 *
 * @param radius of the circle, above 0
 * @param deviation of the distance to the origin, which is normal, 0 or more
 * @param seed of all that is drawn
 */
public record Ring(double radius, double deviation, long seed) {
    public Ring {
        Check.positive(radius, "radius");
        Check.notNegative(deviation, "deviation");
    }

    /** Radius 3, deviation 0.3, seed 1. */
    public static Ring defaults() {
        return new Ring(3, 0.3, 1);
    }

    public Ring withSeed(long s) {
        return new Ring(radius, deviation, s);
    }

    /** So many points of the ring, [n, 2]. Streams, such as "train" and "test", are independent of each other. */
    public double[][] points(String stream, int n) {
        RandomGenerator rng = Seeds.rng(seed, "ring " + stream);
        var out = new double[Check.atLeast(n, 1, "n")][];
        for (int i = 0; i < n; i++) {
            out[i] = at(2 * Math.PI * rng.nextDouble(), radius + deviation * rng.nextGaussian());
        }
        return out;
    }

    /** So many points of the hole, [n, 2]: uniform on the disc that ends so many deviations before the circle. */
    public double[][] hole(int n, double deviations) {
        double most = Check.positive(radius - deviations * deviation, "radius of the hole");
        RandomGenerator rng = Seeds.rng(seed, "hole");
        var out = new double[Check.atLeast(n, 1, "n")][];
        for (int i = 0; i < n; i++) {
            out[i] = at(2 * Math.PI * rng.nextDouble(), most * Math.sqrt(rng.nextDouble()));
        }
        return out;
    }

    private static double[] at(double angle, double distance) {
        return new double[] {distance * Math.cos(angle), distance * Math.sin(angle)};
    }
}
