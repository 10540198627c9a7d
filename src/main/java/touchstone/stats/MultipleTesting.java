package touchstone.stats;

import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Adjusted p-values of several tests at once, in the order of the tests: reject those at most the level. No p-value falls
 * below its own raw value, none exceeds 1.
 */
public final class MultipleTesting {
    private MultipleTesting() {}

    /** Holm's step-down, [m]: bounds the chance of any false rejection, whatever the dependence of the tests. */
    @Reference("holm1979simple")
    public static double[] holm(double[] pValues) {
        int[] order = order(pValues);
        int m = order.length;
        var adjusted = new double[m];
        double least = 0;
        for (int i = 0; i < m; i++) {
            least = Math.max(least, Math.min(1, (m - i) * pValues[order[i]]));
            adjusted[order[i]] = least;
        }
        return adjusted;
    }

    /**
     * Benjamini and Hochberg's step-up, [m]: bounds the expected share of false ones among the rejections, for tests that
     * are independent or positively dependent.
     */
    @Reference("benjamini1995controlling")
    public static double[] benjaminiHochberg(double[] pValues) {
        int[] order = order(pValues);
        int m = order.length;
        var adjusted = new double[m];
        double most = 1;
        for (int i = m - 1; i >= 0; i--) {
            most = Math.min(most, pValues[order[i]] * ((double) m / (i + 1)));
            adjusted[order[i]] = most;
        }
        return adjusted;
    }

    /** Which adjusted p-values are at most the level, [m]. */
    public static boolean[] rejected(double[] adjusted, double level) {
        Check.insideUnit(level, "level");
        Check.probabilities(adjusted, "adjusted");
        var rejected = new boolean[adjusted.length];
        for (int i = 0; i < rejected.length; i++) {
            rejected[i] = adjusted[i] <= level;
        }
        return rejected;
    }

    private static int[] order(double[] pValues) {
        Check.nonEmpty(pValues.length, "pValues");
        Check.probabilities(pValues, "pValues");
        return Sort.order(pValues);
    }
}
