package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.stats.NormalEquations;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Ridge regression onto one-hot labels, learned row by row without keeping rows:
 * {@code W = (X'X + gamma I)^-1 X'Y}, the same as if all rows had come at once. Classes may appear at any time.
 *
 * <p>A re-weighted one counts a row of class c {@code w_c} times, in both sums: {@code w_c = C (1 / n_c) / sum_k (1 / n_k)} with
 * n the rows of each of the C classes that occurred; the weights average 1.
 *
 * <p>Differs from the papers: it keeps X'X and X'Y (the information form) instead of updating an inverse covariance
 * ({@link CovarianceRecursion}), which carries errors along when columns are nearly collinear.
 */
@Reference({"zhuang2022acil", "zhuang2024aefocl", "fang2024air"})
public final class AnalyticClassifier {
    private final int features;
    private final double gamma;
    private final boolean reweighted;
    private final List<NormalEquations> sums = new ArrayList<>(); // one of all classes, or one a class
    private final ClassStatistics statistics;

    private AnalyticClassifier(int features, double gamma, boolean reweighted) {
        this.features = Check.atLeast(features, 1, "features");
        this.gamma = Check.positive(gamma, "gamma");
        this.reweighted = reweighted;
        this.statistics = new ClassStatistics(features);
    }

    /**
     * A classifier that has seen nothing.
     *
     * @param features columns of the rows
     * @param gamma ridge, above 0
     */
    public static AnalyticClassifier of(int features, double gamma) {
        return new AnalyticClassifier(features, gamma, false);
    }

    /**
     * A classifier that has seen nothing, in which each class will count alike; it keeps sums of products of each class.
     *
     * @param features columns of the rows
     * @param gamma ridge, above 0
     */
    @Reference("fang2024air")
    public static AnalyticClassifier reweighted(int features, double gamma) {
        return new AnalyticClassifier(features, gamma, true);
    }

    /** Adds rows [n, features] with labels [n] of 0 or more. */
    public void add(double[][] rows, int[] labels) {
        Check.sameLength(rows.length, "rows", labels.length, "labels");
        Check.allAtLeast(labels, 0, "labels");
        for (int i = 0; i < rows.length; i++) {
            Check.sameLength(rows[i].length, "rows[" + i + "]", features, "features");
            Check.allFinite(rows[i], "rows[" + i + "]");
        }
        for (int i = 0; i < rows.length; i++) {
            add(rows[i], labels[i]);
            statistics.add(rows[i], labels[i]);
        }
    }

    private void add(double[] row, int label) {
        int place = reweighted ? label : 0;
        while (sums.size() <= place) {
            sums.add(NormalEquations.of(features));
        }
        sums.get(place).add(row, label, 1);
    }

    /** One more than the largest label. */
    public int classes() {
        return statistics.classes();
    }

    /** Rows seen of a class. */
    public int count(int label) {
        return statistics.count(label);
    }

    /** Mean of the rows of a class, [features]; NaN when there are none. */
    public double[] mean(int label) {
        return statistics.mean(label);
    }

    /** Standard deviation of the rows of a class (n - 1), [features]; 0 when there are fewer than two. */
    public double[] deviation(int label) {
        return statistics.deviation(label);
    }

    /** The weights, [features, classes]; a row x scores {@code x W}. A class without rows scores 0. */
    public double[][] weights() {
        var all = NormalEquations.of(features);
        double[] factors = factors();
        for (int k = 0; k < sums.size(); k++) {
            all.add(sums.get(k), factors[k]);
        }
        return all.solve(gamma);
    }

    /** What each of the sums counts. */
    private double[] factors() {
        var factors = new double[sums.size()];
        Arrays.fill(factors, 1);
        if (reweighted) {
            Arrays.setAll(factors, c -> statistics.count(c) == 0 ? 0 : 1.0 / statistics.count(c));
            double mean = Arrays.stream(factors).filter(f -> f > 0).average().orElse(1);
            Arrays.setAll(factors, c -> factors[c] / mean);
        }
        return factors;
    }

    /**
     * A copy in which each class has as many rows as the largest: the missing ones are drawn from a normal distribution of the
     * class's means and deviations, column by column. This classifier stays as it is.
     *
     * @param noise factor of the deviations, 0 or more; 1 is the class's own
     */
    @Reference("zhuang2024aefocl")
    public AnalyticClassifier toppedUp(double noise, long seed) {
        Check.notNegative(noise, "noise");
        var copy = new AnalyticClassifier(features, gamma, false);
        var all = NormalEquations.of(features);
        sums.forEach(s -> all.add(s, 1));
        copy.sums.add(all);
        for (int c = 0; c < classes(); c++) {
            if (statistics.count(c) > 0) {
                RandomGenerator random = Seeds.rng(seed, "pseudo-features", c);
                double[] mean = mean(c);
                double[] deviation = deviation(c);
                for (int i = statistics.count(c); i < statistics.largestCount(); i++) {
                    var row = new double[features];
                    Arrays.setAll(row, j -> mean[j] + noise * deviation[j] * random.nextGaussian());
                    copy.add(row, c);
                }
            }
        }
        return copy;
    }

    /** Tells the sums. */
    void persist(Archive archive) {
        int count = archive.keep("sums", sums.size());
        while (sums.size() < count) {
            sums.add(NormalEquations.of(features));
        }
        sums.forEach(s -> s.persist(archive));
        statistics.persist(archive);
    }

    /** Numbers kept: sums of products, sums by class, means and deviations. */
    public long stored() {
        long products = (long) features * (features + 1) / 2 * (reweighted ? classes() : 1);
        return products + 3L * features * classes();
    }
}
