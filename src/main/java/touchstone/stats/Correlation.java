package touchstone.stats;

import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Correlations of two samples, in [-1, 1]; a sample without any spread has none and is refused. */
public final class Correlation {
    private Correlation() {}

    /** Pearson's correlation of finite values, [n] each, n >= 2. */
    public static double pearson(double[] x, double[] y) {
        check(x, y);
        return new PearsonsCorrelation().correlation(x, y);
    }

    /** Spearman's correlation: Pearson's of the ranks, equal values sharing the mean of theirs; [n] each, n >= 2. */
    @Reference("spearman1904proof")
    public static double spearman(double[] x, double[] y) {
        check(x, y);
        return new PearsonsCorrelation().correlation(Ranks.of(x), Ranks.of(y));
    }

    /** Kendall's tau-b: agreeing less opposed pairs over their geometric mean corrected for ties; [n] each, n >= 2. */
    @Reference("kendall1945treatment")
    public static double kendall(double[] x, double[] y) {
        check(x, y);
        return new KendallsCorrelation().correlation(x, y);
    }

    private static void check(double[] x, double[] y) {
        Check.sameLength(x.length, "x", y.length, "y");
        Check.atLeast(x.length, 2, "number of samples for a correlation");
        spread(x, "x");
        spread(y, "y");
    }

    private static void spread(double[] values, String name) {
        Check.allFinite(values, name);
        for (double v : values) {
            if (v != values[0]) {
                return;
            }
        }
        throw new IllegalArgumentException(
                name + " must vary for a correlation, all " + values.length + " values were " + values[0]);
    }
}
