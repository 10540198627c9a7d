package touchstone.stats;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Intervals of a proportion from {@code successes} in {@code n} independent trials; both stay inside [0, 1]. */
public final class Proportion {
    private Proportion() {}

    /** Wilson's score interval without continuity correction: close to the level on average. */
    @Reference("wilson1927probable")
    public static Interval wilson(int successes, int n, double level) {
        check(successes, n, level);
        double z = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
        double p = (double) successes / n;
        double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        double lower = successes == 0 ? 0 : centre - half;
        double upper = successes == n ? 1 : centre + half;
        return new Interval(p, lower, upper, level, "Wilson interval, " + successes + " of " + n);
    }

    /** Clopper and Pearson's interval: covers at least at the level, whatever the true proportion. */
    @Reference("clopper1934use")
    public static Interval clopperPearson(int successes, int n, double level) {
        check(successes, n, level);
        double tail = (1 - level) / 2;
        double lower = successes == 0 ? 0 : beta(successes, n - successes + 1, tail);
        double upper = successes == n ? 1 : beta(successes + 1, n - successes, 1 - tail);
        String method = "Clopper-Pearson interval, " + successes + " of " + n;
        return new Interval((double) successes / n, lower, upper, level, method);
    }

    private static double beta(int a, int b, double p) {
        return new BetaDistribution(a, b, 1e-13).inverseCumulativeProbability(p);
    }

    private static void check(int successes, int n, double level) {
        Check.atLeast(n, 1, "n");
        Check.index(successes, n + 1, "successes");
        Check.insideUnit(level, "level");
    }
}
