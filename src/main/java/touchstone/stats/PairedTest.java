package touchstone.stats;

import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Beta;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/** Tests of paired samples, such as two methods over the same seeds; all two-sided. */
public final class PairedTest {
    /** Up to this many pairs, {@link #permutation} goes through all sign patterns. */
    public static final int EXACT_PAIRS = 20;

    private PairedTest() {}

    /** Student's paired t test of [n] pairs, n >= 2; throws when all differences are equal but not 0. */
    @Reference("student1908probable")
    public static TestResult t(double[] x, double[] y) {
        double[] d = Moments.differences(x, y);
        double mean = Moments.mean(d);
        double error = Moments.standardError(d);
        if (error == 0) {
            if (mean == 0) {
                return new TestResult(0, 0, 1, "paired t test");
            }
            throw new IllegalArgumentException(
                    "the paired t test needs differences that vary: all " + d.length + " were " + d[0]);
        }
        double t = mean / error;
        double p = 2 * new TDistribution(d.length - 1).cumulativeProbability(-Math.abs(t));
        return new TestResult(mean, t, p, "paired t test, " + d.length + " pairs");
    }

    /**
     * Sign-flip permutation test of the mean difference of [n] pairs: all 2^n patterns up to {@value #EXACT_PAIRS}
     * pairs, else {@code draws} random ones, counted with the observed one: {@code p = (1 + hits) / (1 + draws)}.
     *
     * @param seed seed of the random patterns; of no effect on the exact test
     */
    @Reference("fisher1935design")
    public static TestResult permutation(double[] x, double[] y, int draws, long seed) {
        double[] d = Moments.differences(x, y);
        double mean = Moments.mean(d);
        double sum = Math.abs(mean * d.length);
        double bar = sum - 1e-12 * Math.max(1, sum); // equal sums in another order still count as equal
        if (d.length <= EXACT_PAIRS) {
            long patterns = 1L << d.length;
            long hits = LongStream.range(0, patterns)
                    .parallel()
                    .filter(bits -> Math.abs(flipped(d, bits)) >= bar)
                    .count();
            return new TestResult(mean, mean, (double) hits / patterns, "exact sign-flip test, " + d.length + " pairs");
        }
        Check.atLeast(draws, 1, "draws");
        long hits = LongStream.range(0, draws)
                .parallel()
                .filter(i -> Math.abs(flipped(d, Seeds.rng(seed, "sign-flip", i))) >= bar)
                .count();
        return new TestResult(mean, mean, (1.0 + hits) / (1.0 + draws), "sign-flip test, " + draws + " draws");
    }

    /** Sign test of [n] pairs: exact binomial, pairs without a difference left out. The statistic counts x > y. */
    @Reference("arbuthnot1710argument")
    public static TestResult sign(double[] x, double[] y) {
        double[] d = Moments.differences(x, y);
        double mean = Moments.mean(d);
        int above = 0;
        int below = 0;
        for (double v : d) {
            above += v > 0 ? 1 : 0;
            below += v < 0 ? 1 : 0;
        }
        int n = above + below;
        int least = Math.min(above, below);
        // P(B <= least) as a beta integral: the library's cumulative probability is 1 minus its complement, so 0 in the
        // tail
        double tail = n == 0 || least == n ? 1 : Beta.regularizedBeta(0.5, n - least, least + 1);
        return new TestResult(mean, above, Math.min(1, 2 * tail), "sign test, " + n + " pairs that differ");
    }

    /**
     * McNemar's test of two rules on the same n cases, exact: the sign test of who was right where the other was wrong. The statistic
     * counts the cases that the first alone got right, the estimate is the difference of the shares.
     */
    public static TestResult mcnemar(boolean[] first, boolean[] second) {
        Check.sameLength(first.length, "first", second.length, "second");
        var x = new double[first.length];
        var y = new double[first.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = first[i] ? 1 : 0;
            y[i] = second[i] ? 1 : 0;
        }
        TestResult sign = sign(x, y);
        int only = (int) sign.statistic();
        int other = only - (int) Math.round(sign.estimate() * x.length);
        return new TestResult(
                sign.estimate(),
                only,
                sign.pValue(),
                "exact McNemar test, " + only + " only by the first, " + other + " only by the second");
    }

    private static double flipped(double[] d, long bits) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            sum += (bits >>> i & 1) == 0 ? d[i] : -d[i];
        }
        return sum;
    }

    private static double flipped(double[] d, RandomGenerator rng) {
        double sum = 0;
        for (double v : d) {
            sum += rng.nextBoolean() ? v : -v;
        }
        return sum;
    }
}
