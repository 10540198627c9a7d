package touchstone.continual.strategy;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Choosing examples whose mean stays nearest to the mean of all, one after the other. */
@Reference({"welling2009herding", "rebuffi2017icarl"})
final class Herding {
    private Herding() {}

    /** Row numbers in the order of choice: each makes the mean of those chosen nearest to the mean of all rows. */
    static int[] order(double[][] rows, int count) {
        Check.index(count, rows.length + 1, "count");
        int d = rows.length == 0 ? 0 : rows[0].length;
        var mean = new double[d];
        for (double[] row : rows) {
            for (int j = 0; j < d; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        var sum = new double[d];
        var chosen = new boolean[rows.length];
        var order = new int[count];
        for (int k = 0; k < count; k++) {
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < rows.length; i++) {
                double gap = chosen[i] ? Double.POSITIVE_INFINITY : gap(mean, sum, rows[i], k + 1);
                if (gap < least) {
                    least = gap;
                    best = i;
                }
            }
            order[k] = best;
            chosen[best] = true;
            for (int j = 0; j < d; j++) {
                sum[j] += rows[best][j];
            }
        }
        return order;
    }

    private static double gap(double[] mean, double[] sum, double[] row, int n) {
        double gap = 0;
        for (int j = 0; j < mean.length; j++) {
            double off = mean[j] - (sum[j] + row[j]) / n;
            gap += off * off;
        }
        return gap;
    }

    /** Rows of length 1; a row of zeros stays. */
    static double[][] normalised(double[][] rows) {
        return Arrays.stream(rows).map(Herding::normalised).toArray(double[][]::new);
    }

    static double[] normalised(double[] row) {
        double length = Math.sqrt(Gradients.dot(row, row));
        return Arrays.stream(row).map(v -> length == 0 ? v : v / length).toArray();
    }
}
