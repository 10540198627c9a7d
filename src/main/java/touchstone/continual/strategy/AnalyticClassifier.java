package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Ridge regression onto one-hot labels, learned row by row without keeping rows:
 * {@code W = (X'X + gamma I)^-1 X'Y}, the same as if all rows had come at once. Classes may appear at any time.
 *
 * <p>Differs from the papers: it keeps X'X and X'Y (the information form) instead of updating an inverse covariance
 * ({@link CovarianceRecursion}), which carries errors along when columns are nearly collinear.
 */
@Reference({"zhuang2022acil", "zhuang2024aefocl"})
public final class AnalyticClassifier {
    private final int features;
    private final double gamma;
    private final double[][] gram;
    private final List<double[]> cross = new ArrayList<>();
    private final ClassStatistics statistics;

    private AnalyticClassifier(int features, double gamma) {
        this.features = Check.atLeast(features, 1, "features");
        this.gamma = Check.positive(gamma, "gamma");
        this.gram = new double[features][features];
        this.statistics = new ClassStatistics(features);
    }

    /**
     * A classifier that has seen nothing.
     *
     * @param features columns of the rows
     * @param gamma ridge, above 0
     */
    public static AnalyticClassifier of(int features, double gamma) {
        return new AnalyticClassifier(features, gamma);
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
            add(rows[i], labels[i], 1);
            statistics.add(rows[i], labels[i]);
        }
    }

    private void add(double[] row, int label, double weight) {
        while (cross.size() <= label) {
            cross.add(new double[features]);
        }
        double[] sum = cross.get(label);
        for (int a = 0; a < features; a++) {
            double x = weight * row[a];
            sum[a] += x;
            double[] g = gram[a];
            for (int b = 0; x != 0 && b <= a; b++) {
                g[b] += x * row[b];
            }
        }
    }

    /** One more than the largest label. */
    public int classes() {
        return cross.size();
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

    /** The weights, [features, classes]; a row x scores {@code x W}. */
    public double[][] weights() {
        var s = new Array2DRowRealMatrix(features, features);
        for (int a = 0; a < features; a++) {
            for (int b = 0; b <= a; b++) {
                double v = gram[a][b] + (a == b ? gamma : 0);
                s.setEntry(a, b, v);
                s.setEntry(b, a, v);
            }
        }
        var y = new Array2DRowRealMatrix(features, Math.max(1, classes()));
        for (int c = 0; c < classes(); c++) {
            y.setColumn(c, cross.get(c));
        }
        return new CholeskyDecomposition(s, 0, 0).getSolver().solve(y).getData();
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
        var copy = new AnalyticClassifier(features, gamma);
        for (int a = 0; a < features; a++) {
            System.arraycopy(gram[a], 0, copy.gram[a], 0, features);
        }
        cross.forEach(c -> copy.cross.add(c.clone()));
        for (int c = 0; c < classes(); c++) {
            if (statistics.count(c) > 0) {
                RandomGenerator random = Seeds.rng(seed, "pseudo-features", c);
                double[] mean = mean(c);
                double[] deviation = deviation(c);
                for (int i = statistics.count(c); i < statistics.largestCount(); i++) {
                    var row = new double[features];
                    Arrays.setAll(row, j -> mean[j] + noise * deviation[j] * random.nextGaussian());
                    copy.add(row, c, 1);
                }
            }
        }
        return copy;
    }

    /** Tells the sums. */
    void persist(Archive archive) {
        for (int a = 0; a < features; a++) {
            gram[a] = archive.keep("gram", gram[a]);
        }
        archive.keepAll("cross", cross);
        statistics.persist(archive);
    }

    /** Numbers kept: sums of products, sums by class, means and deviations. */
    public long stored() {
        return (long) features * (features + 1) / 2 + 3L * features * classes();
    }
}
