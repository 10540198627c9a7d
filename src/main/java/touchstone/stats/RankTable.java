package touchstone.stats;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Mean ranks of methods over data sets, with Friedman's test of "no difference" and Nemenyi's comparison of all pairs; rank 1
 * is best, ties share their mean rank.
 *
 * <p>Follows Demsar; Friedman's statistic is corrected for ties.
 *
 * @param methods names, [k] with k >= 2
 * @param meanRanks one a method, in [1, k]
 * @param rows number of data sets, at least 2
 * @param friedman statistic chi-squared with k - 1 degrees of freedom; the estimate is the worst mean rank less the best
 */
@Reference({"demsar2006statistical", "friedman1937use"})
public record RankTable(List<String> methods, List<Double> meanRanks, int rows, TestResult friedman) {
    public RankTable {
        methods = List.copyOf(methods);
        meanRanks = List.copyOf(meanRanks);
        Check.atLeast(methods.size(), 2, "number of methods");
        Check.sameLength(methods.size(), "methods", meanRanks.size(), "meanRanks");
        Check.atLeast(rows, 2, "number of data sets");
    }

    /**
     * The table of measured values.
     *
     * @param methods names of the columns, [k] with k >= 2
     * @param values one data set a row, [n, k] with n >= 2; infinities are legal, NaN is not
     * @param higherIsBetter whether the highest value of a row gets rank 1, as for AUROC
     */
    public static RankTable of(List<String> methods, double[][] values, boolean higherIsBetter) {
        Check.atLeast(values.length, 2, "number of data sets");
        int k = columns(values);
        Check.sameLength(methods.size(), "methods", k, "values[0]");
        var sums = new double[k];
        double ties = 0;
        for (double[] row : values) {
            double[] ranks = Ranks.of(row);
            for (int j = 0; j < k; j++) {
                sums[j] += higherIsBetter ? k + 1 - ranks[j] : ranks[j];
            }
            ties += Ranks.tieSum(ranks);
        }
        var means = new ArrayList<Double>();
        for (double sum : sums) {
            means.add(sum / values.length);
        }
        return new RankTable(methods, means, values.length, friedman(means, values.length, ties));
    }

    private static TestResult friedman(List<Double> means, int n, double ties) {
        int k = means.size();
        double squares = 0;
        double least = k;
        double most = 1;
        for (double mean : means) {
            squares += (mean - (k + 1) / 2.0) * (mean - (k + 1) / 2.0);
            least = Math.min(least, mean);
            most = Math.max(most, mean);
        }
        String method = "Friedman test, " + k + " methods on " + n + " data sets";
        double untied = 1 - ties / (n * ((double) k * k * k - k));
        if (untied <= 0) {
            return new TestResult(0, 0, 1, method + ", all tied");
        }
        double chi2 = 12.0 * n / (k * (k + 1.0)) * squares / untied;
        double p = Gamma.regularizedGammaQ((k - 1) / 2.0, chi2 / 2); // upper tail of chi-squared
        return new TestResult(most - least, chi2, p, method);
    }

    /** Iman and Davenport's F of Friedman's statistic, which rejects less rarely than the limit; +Infinity when all rows agree. */
    @Reference("iman1980approximations")
    public TestResult imanDavenport() {
        int k = methods.size();
        double rest = rows * (k - 1.0) - friedman.statistic();
        String method = "Iman-Davenport test, " + k + " methods on " + rows + " data sets";
        if (rest <= 1e-12 * rows * k) { // every row ranks alike, up to rounding
            return new TestResult(friedman.estimate(), Double.POSITIVE_INFINITY, 0, method);
        }
        double f = (rows - 1) * friedman.statistic() / rest;
        double over = k - 1;
        double under = over * (rows - 1);
        double p = Beta.regularizedBeta(under / (under + over * f), under / 2, over / 2); // upper tail of F
        return new TestResult(friedman.estimate(), f, p, method);
    }

    /** Nemenyi's critical difference: mean ranks further apart than it differ at the level, over all pairs together. */
    public double criticalDifference(double level) {
        Check.insideUnit(level, "level");
        return StudentizedRange.quantile(level, methods.size()) / Math.sqrt(2) * spread();
    }

    /** Nemenyi's test of two methods by their places; the estimate is the first mean rank less the second. */
    public TestResult nemenyi(int a, int b) {
        Check.index(a, methods.size(), "a");
        Check.index(b, methods.size(), "b");
        double difference = meanRanks.get(a) - meanRanks.get(b);
        double q = Math.abs(difference) / spread() * Math.sqrt(2);
        double p = StudentizedRange.upperTail(q, methods.size());
        return new TestResult(
                difference, q, p, "Nemenyi test, " + methods.size() + " methods on " + rows + " data sets");
    }

    /** Standard error of a difference of two mean ranks, {@code sqrt(k (k + 1) / (6 n))}. */
    private double spread() {
        double k = methods.size();
        return Math.sqrt(k * (k + 1) / (6 * rows));
    }

    /** Demands at least one row, two columns, and rows of one width; returns the width. */
    static int columns(double[][] values) {
        Check.nonEmpty(values.length, "values");
        int k = values[0].length;
        Check.atLeast(k, 2, "number of methods");
        for (int i = 0; i < values.length; i++) {
            Check.sameLength(values[i].length, "values[" + i + "]", k, "values[0]");
            Check.noNaN(values[i], "values[" + i + "]");
        }
        return k;
    }
}
