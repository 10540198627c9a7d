package touchstone.stats;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Percentile bootstrap. Resample {@code i} is drawn from {@code Seeds.rng(seed, "bootstrap", i)}, in parallel by index, so
 * the interval does not depend on the number of cores.
 *
 * <p>Follows the book; quantiles interpolate linearly (type 7, numpy's default).
 *
 * @param resamples number of resamples, at least 2
 * @param level confidence level, in (0, 1)
 * @param seed seed of the draws
 */
@Reference("efron1993introduction")
public record Bootstrap(int resamples, double level, long seed) {
    public Bootstrap {
        Check.atLeast(resamples, 2, "resamples");
        Check.insideUnit(level, "level");
    }

    /** 2,000 resamples, level 0.95, seed 0. */
    public static Bootstrap defaults() {
        return new Bootstrap(2000, 0.95, 0);
    }

    public Bootstrap withResamples(int n) {
        return new Bootstrap(n, level, seed);
    }

    public Bootstrap withLevel(double l) {
        return new Bootstrap(resamples, l, seed);
    }

    public Bootstrap withSeed(long s) {
        return new Bootstrap(resamples, level, s);
    }

    /** Interval of a statistic of one sample, [n]. The statistic must be a pure function; it runs on several threads. */
    public Interval interval(double[] sample, ToDoubleFunction<double[]> statistic) {
        Check.nonEmpty(sample.length, "sample");
        double[] replicates = replicates(rng -> statistic.applyAsDouble(draw(sample, rng)));
        return percentile(replicates, statistic.applyAsDouble(sample), level, "percentile bootstrap");
    }

    /**
     * Bias-corrected and accelerated interval (BCa) of a statistic of one sample, [n] with n >= 2: closer to its level than
     * the percentiles where the statistic is skewed, for n more evaluations.
     */
    @Reference("efron1987better")
    public Interval accelerated(double[] sample, ToDoubleFunction<double[]> statistic) {
        Check.atLeast(sample.length, 2, "number of samples for a BCa interval");
        double[] replicates = replicates(rng -> statistic.applyAsDouble(draw(sample, rng)));
        var jackknife = new double[sample.length];
        for (int i = 0; i < sample.length; i++) {
            int left = i;
            int[] rest =
                    IntStream.range(0, sample.length).filter(j -> j != left).toArray();
            jackknife[i] = statistic.applyAsDouble(take(sample, rest));
        }
        return AcceleratedInterval.of(replicates, jackknife, statistic.applyAsDouble(sample), level);
    }

    /**
     * Interval of a statistic of two samples, each resampled within itself (stratified), such as {@code Auroc::of}.
     *
     * @param a first sample, [n]
     * @param b second sample, [m]
     */
    public Interval interval(double[] a, double[] b, ToDoubleBiFunction<double[], double[]> statistic) {
        Check.nonEmpty(a.length, "first sample");
        Check.nonEmpty(b.length, "second sample");
        double[] replicates = replicates(rng -> statistic.applyAsDouble(draw(a, rng), draw(b, rng)));
        return percentile(replicates, statistic.applyAsDouble(a, b), level, "stratified percentile bootstrap");
    }

    /**
     * Interval of a statistic of one sample whose rows belong to strata, such as the runs of a task: each stratum is
     * resampled within itself and keeps its size. Rows come to the statistic stratum by stratum.
     *
     * @param sample values, [n]
     * @param strata any number for each stratum, [n]
     */
    public Interval stratified(double[] sample, int[] strata, ToDoubleFunction<double[]> statistic) {
        int[][] groups = groups(sample, strata, "strata");
        double[] replicates = replicates(rng -> {
            var drawn = new int[sample.length];
            int at = 0;
            for (int[] rows : groups) {
                for (int i = 0; i < rows.length; i++) {
                    drawn[at++] = rows[rng.nextInt(rows.length)];
                }
            }
            return statistic.applyAsDouble(take(sample, drawn));
        });
        return percentile(replicates, statistic.applyAsDouble(sample), level, "stratified percentile bootstrap");
    }

    /**
     * Interval of a statistic of one sample whose rows hang together in clusters, such as the frames of a video: whole
     * clusters are resampled, as many as there are, so that a resample may be longer or shorter than the sample.
     *
     * @param sample values, [n]
     * @param clusters any number for each cluster, [n]; at least two clusters
     */
    public Interval clustered(double[] sample, int[] clusters, ToDoubleFunction<double[]> statistic) {
        int[][] groups = atLeastTwo(groups(sample, clusters, "clusters"), "clusters");
        double[] replicates = replicates(rng -> statistic.applyAsDouble(take(sample, Groups.draw(groups, rng))));
        return percentile(replicates, statistic.applyAsDouble(sample), level, "clustered percentile bootstrap");
    }

    /**
     * Interval of a statistic of two samples of clustered rows, such as an AUROC over scenes; each sample's clusters are
     * resampled within it.
     *
     * @param a first sample, [n], with a cluster a row in {@code clustersOfA}; {@code b} the second, [m], with its own
     */
    public Interval clustered(
            double[] a,
            int[] clustersOfA,
            double[] b,
            int[] clustersOfB,
            ToDoubleBiFunction<double[], double[]> statistic) {
        int[][] ofA = atLeastTwo(groups(a, clustersOfA, "clustersOfA"), "clustersOfA");
        int[][] ofB = atLeastTwo(groups(b, clustersOfB, "clustersOfB"), "clustersOfB");
        double[] replicates = replicates(
                rng -> statistic.applyAsDouble(take(a, Groups.draw(ofA, rng)), take(b, Groups.draw(ofB, rng))));
        return percentile(replicates, statistic.applyAsDouble(a, b), level, "clustered percentile bootstrap");
    }

    private double[] replicates(ToDoubleFunction<RandomGenerator> replicate) {
        return IntStream.range(0, resamples)
                .parallel()
                .mapToDouble(i -> replicate.applyAsDouble(Seeds.rng(seed, "bootstrap", i)))
                .toArray();
    }

    private static int[][] groups(double[] sample, int[] labels, String name) {
        Check.sameLength(sample.length, "sample", labels.length, name);
        Check.nonEmpty(sample.length, "sample");
        return Groups.of(labels);
    }

    private static int[][] atLeastTwo(int[][] groups, String name) {
        Check.atLeast(groups.length, 2, "number of " + name);
        return groups;
    }

    /** The percentile interval of replicates made elsewhere, [r]; NaN among them throws. */
    static Interval percentile(double[] replicates, double estimate, double level, String method) {
        Check.noNaN(replicates, "bootstrap replicates");
        double[] sorted = replicates.clone();
        Arrays.sort(sorted);
        double tail = (1 - level) / 2;
        String name = method + ", " + replicates.length + " resamples";
        return new Interval(estimate, quantile(sorted, tail), quantile(sorted, 1 - tail), level, name);
    }

    /** Elements at the given places, as a resample. */
    static double[] take(double[] sample, int[] index) {
        return Arrays.stream(index).mapToDouble(i -> sample[i]).toArray();
    }

    private static double[] draw(double[] sample, RandomGenerator rng) {
        return take(sample, rng.ints(sample.length, 0, sample.length).toArray());
    }

    /** The quantile of sorted values, linear between neighbours. */
    static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        double low = sorted[below];
        return sorted[above] == low ? low : low + (at - below) * (sorted[above] - low);
    }
}
