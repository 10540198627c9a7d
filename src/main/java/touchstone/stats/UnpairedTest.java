package touchstone.stats;

import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.util.CombinatoricsUtils;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/** Tests of two independent samples for a difference of means; all two-sided. */
public final class UnpairedTest {
    /** Up to this many ways to part the pooled samples, {@link #permutation} goes through all of them. */
    public static final int EXACT_PARTITIONS = 1_000_000;

    private UnpairedTest() {}

    /** Welch's t test, which does not take the variances for equal; [n] and [m], each at least 2. */
    @Reference("welch1947generalization")
    public static TestResult welch(double[] x, double[] y) {
        double ofX = Moments.variance(x) / x.length;
        double ofY = Moments.variance(y) / y.length;
        double difference = Moments.mean(x) - Moments.mean(y);
        double variance = ofX + ofY;
        if (variance == 0) {
            if (difference == 0) {
                return new TestResult(0, 0, 1, "Welch t test");
            }
            throw new IllegalArgumentException("Welch's t test needs samples that vary: all " + x.length + " were "
                    + x[0] + " and all " + y.length + " were " + y[0]);
        }
        double t = difference / Math.sqrt(variance);
        double share = ofX / variance; // Satterthwaite's degrees of freedom, free of overflow
        double df = 1 / (share * share / (x.length - 1) + (1 - share) * (1 - share) / (y.length - 1));
        double p = 2 * new TDistribution(df).cumulativeProbability(-Math.abs(t));
        return new TestResult(difference, t, p, "Welch t test, " + x.length + " and " + y.length + " samples");
    }

    /**
     * Permutation test of the difference of means: all ways to part the pooled values up to {@value #EXACT_PARTITIONS},
     * else {@code draws} random ones, counted with the observed one: {@code p = (1 + hits) / (1 + draws)}.
     *
     * @param x first sample, [n], n >= 1; {@code y} the second, [m]
     * @param seed seed of the random partitions; of no effect on the exact test
     */
    @Reference("fisher1935design")
    public static TestResult permutation(double[] x, double[] y, int draws, long seed) {
        double difference = Moments.mean(x) - Moments.mean(y);
        double[] pooled = centred(x, y);
        int part = Math.min(x.length, y.length);
        // The pooled values sum to 0, so the difference of means is a fixed multiple of the sum of either part.
        double bar = Math.abs(sum(pooled, 0, x.length)) - tolerance(pooled);
        double partitions = CombinatoricsUtils.binomialCoefficientDouble(pooled.length, part);
        if (partitions <= EXACT_PARTITIONS) {
            long hits = hits(pooled, 0, part, 0, bar);
            String method = "exact permutation test, " + (long) partitions + " partitions";
            return new TestResult(difference, difference, hits / partitions, method);
        }
        Check.atLeast(draws, 1, "draws");
        long hits = LongStream.range(0, draws)
                .parallel()
                .filter(i -> Math.abs(drawn(pooled, part, seed, i)) >= bar)
                .count();
        String method = "permutation test, " + draws + " draws";
        return new TestResult(difference, difference, (1.0 + hits) / (1.0 + draws), method);
    }

    /** Number of choices of {@code left} values from {@code from} on that bring the sum to the bar or beyond. */
    private static long hits(double[] values, int from, int left, double sum, double bar) {
        if (left == 0) {
            return Math.abs(sum) >= bar ? 1 : 0;
        }
        long hits = 0;
        for (int i = from; i <= values.length - left; i++) {
            hits += hits(values, i + 1, left - 1, sum + values[i], bar);
        }
        return hits;
    }

    private static double drawn(double[] pooled, int part, long seed, long index) {
        int[] order = Seeds.permutation(pooled.length, Seeds.rng(seed, "permutation", index));
        double sum = 0;
        for (int i = 0; i < part; i++) {
            sum += pooled[order[i]];
        }
        return sum;
    }

    /** Both samples less their pooled mean, x first. */
    private static double[] centred(double[] x, double[] y) {
        var pooled = new double[x.length + y.length];
        System.arraycopy(x, 0, pooled, 0, x.length);
        System.arraycopy(y, 0, pooled, x.length, y.length);
        double mean = Moments.mean(pooled);
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] -= mean;
        }
        return pooled;
    }

    /** Equal sums in another order still count as equal. */
    private static double tolerance(double[] values) {
        double size = 0;
        for (double v : values) {
            size += Math.abs(v);
        }
        return 1e-12 * size;
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }
}
