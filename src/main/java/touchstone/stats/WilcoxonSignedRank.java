package touchstone.stats;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Wilcoxon's signed-rank test of paired samples, such as two detectors over the same data sets; two-sided. Pairs without a
 * difference are left out, as Wilcoxon did; equal absolute differences share their mean rank.
 *
 * <p>Exact up to {@value #EXACT_PAIRS} pairs, given the ties; beyond, normal with the variance corrected for ties and no
 * correction for continuity.
 */
@Reference("wilcoxon1945individual")
public final class WilcoxonSignedRank {
    /** Up to this many pairs that differ the distribution is exact. */
    public static final int EXACT_PAIRS = 200;

    private WilcoxonSignedRank() {}

    /**
     * The test of [n] pairs; the estimate is the mean difference, the statistic the sum of ranks where x > y. Differences
     * are ranked as computed: two that differ by rounding only are not tied.
     */
    public static TestResult test(double[] x, double[] y) {
        double[] d = Moments.differences(x, y);
        double mean = Moments.mean(d);
        double[] differing = Arrays.stream(d).filter(v -> v != 0).toArray();
        int n = differing.length;
        if (n == 0) {
            return new TestResult(mean, 0, 1, "Wilcoxon signed-rank test, 0 pairs that differ");
        }
        double[] ranks = Ranks.of(Arrays.stream(differing).map(Math::abs).toArray());
        double above = 0;
        for (int i = 0; i < n; i++) {
            above += differing[i] > 0 ? ranks[i] : 0;
        }
        boolean exact = n <= EXACT_PAIRS;
        double p = exact ? exact(ranks, above) : normal(ranks, above);
        String method = (exact ? "exact " : "normal ") + "Wilcoxon signed-rank test, " + n + " pairs that differ";
        return new TestResult(mean, above, p, method);
    }

    /**
     * p-values of all pairs of methods adjusted by Holm, [k, k], with 1 on the diagonal.
     *
     * @param values one data set a row, one method a column, [n, k] with k >= 2
     */
    public static double[][] allPairs(double[][] values) {
        int k = RankTable.columns(values);
        var raw = new double[k * (k - 1) / 2];
        int at = 0;
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) {
                raw[at++] = test(column(values, a), column(values, b)).pValue();
            }
        }
        double[] adjusted = MultipleTesting.holm(raw);
        var p = new double[k][k];
        at = 0;
        for (int a = 0; a < k; a++) {
            p[a][a] = 1;
            for (int b = a + 1; b < k; b++) {
                p[a][b] = adjusted[at];
                p[b][a] = adjusted[at++];
            }
        }
        return p;
    }

    /** Twice the smaller tail over all 2^n signs; ranks are doubled to be whole. */
    private static double exact(double[] ranks, double above) {
        int n = ranks.length;
        int total = n * (n + 1);
        int twice = (int) Math.round(2 * above);
        int tail = Math.min(twice, total - twice); // the distribution is symmetric
        var chance = new double[tail + 1]; // of each doubled sum up to the tail
        chance[0] = 1;
        for (double rank : ranks) {
            int r = (int) Math.round(2 * rank);
            for (int s = tail; s >= 0; s--) {
                chance[s] = (chance[s] + (s >= r ? chance[s - r] : 0)) / 2;
            }
        }
        return Math.min(1, 2 * Arrays.stream(chance).sum());
    }

    private static double normal(double[] ranks, double above) {
        double n = ranks.length;
        double variance = n * (n + 1) * (2 * n + 1) / 24 - Ranks.tieSum(ranks) / 48;
        double z = (above - n * (n + 1) / 4) / Math.sqrt(variance);
        return 2 * new NormalDistribution().cumulativeProbability(-Math.abs(z));
    }

    private static double[] column(double[][] values, int j) {
        Check.index(j, values[0].length, "column");
        return Arrays.stream(values).mapToDouble(row -> row[j]).toArray();
    }
}
