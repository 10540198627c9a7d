package touchstone.ood;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Reference;

/** Groups of rows around k centres: starts far apart (k-means++), then Lloyd's rounds until no row changes its group. */
@Reference("arthur2007kmeans")
final class KMeans {
    private static final int ROUNDS = 300;

    private KMeans() {}

    /** The group of each row, [n], in 0 to k - 1; a group may be empty where rows are equal. */
    static int[] groups(double[][] rows, int k, RandomGenerator rng) {
        double[][] centres = starts(rows, k, rng);
        int[] groups = nearest(rows, centres);
        for (int round = 0; round < ROUNDS; round++) {
            double[][] means = ScatterMatrix.means(rows, groups, k);
            int[] counts = ScatterMatrix.counts(groups, k);
            for (int c = 0; c < k; c++) {
                centres[c] = counts[c] > 0 ? means[c] : centres[c];
            }
            int[] next = nearest(rows, centres);
            if (Arrays.equals(next, groups)) {
                return groups;
            }
            groups = next;
        }
        return groups;
    }

    /** Rows far apart: each is drawn with a chance in proportion to its squared distance from those before. */
    private static double[][] starts(double[][] rows, int k, RandomGenerator rng) {
        var starts = new double[k][];
        var gaps = new double[rows.length];
        Arrays.fill(gaps, 1);
        for (int c = 0; c < k; c++) {
            double at = rng.nextDouble() * Vectors.sum(gaps);
            int chosen = 0;
            while (chosen + 1 < rows.length && at >= gaps[chosen]) {
                at -= gaps[chosen++];
            }
            starts[c] = rows[chosen].clone();
            for (int i = 0; i < rows.length; i++) {
                double squared = squared(rows[i], starts[c]);
                gaps[i] = c == 0 ? squared : Math.min(gaps[i], squared);
            }
        }
        return starts;
    }

    private static int[] nearest(double[][] rows, double[][] centres) {
        var groups = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < centres.length; c++) {
                double distance = squared(rows[i], centres[c]);
                groups[i] = distance < least ? c : groups[i];
                least = Math.min(least, distance);
            }
        }
        return groups;
    }

    private static double squared(double[] a, double[] b) {
        double[] gap = Vectors.minus(a, b);
        return Vectors.dot(gap, gap);
    }
}
