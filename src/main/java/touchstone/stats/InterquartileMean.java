package touchstone.stats;

import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Mean of the middle half: the lowest and the highest {@code floor(n / 4)} values left out. Less moved by single runs than
 * the mean, less wasteful than the median.
 *
 * <p>Follows the paper, which pools the runs of all tasks; for its intervals see {@link Bootstrap#stratified}.
 */
@Reference("agarwal2021deep")
public final class InterquartileMean {
    private InterquartileMean() {}

    /** The inter-quartile mean of finite values, [n] with n >= 1; for n below 4 it is the mean. */
    public static double of(double[] x) {
        Check.nonEmpty(x.length, "samples");
        Check.allFinite(x, "samples");
        double[] sorted = Sort.ascending(x);
        int cut = x.length / 4;
        double sum = 0;
        for (int i = cut; i < x.length - cut; i++) {
            sum += sorted[i];
        }
        return sum / (x.length - 2 * cut);
    }
}
