package touchstone.ood;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import touchstone.util.Select;

/** What methods share that change features and then take the energy of the head's logits. */
final class Shaping {
    private Shaping() {}

    /** Scores {@code -log sum_c exp(W shape(f) + b)_c}. */
    static Scorer energy(LinearHead head, UnaryOperator<double[]> shape) {
        return batch -> Batches.inBlocks(batch.featureRows(), block -> {
            double[][] shaped = Arrays.stream(block).parallel().map(shape).toArray(double[][]::new);
            double[][] z = head.logits(shaped);
            return Vectors.each(z.length, i -> -Vectors.logSumExp(z[i]));
        });
    }

    /** Demands a percentile in [0, 100); returns it. */
    static double percentile(double value, String name) {
        if (!(value >= 0 && value < 100)) {
            throw new IllegalArgumentException(name + " must lie in [0, 100), was " + value);
        }
        return value;
    }

    /** How many of {@code d} features a percentile keeps: {@code d - round(d p / 100)}, halves to even, at least 1. */
    static int kept(int d, double percentile) {
        return Math.max(1, d - (int) Math.rint(d * percentile / 100));
    }

    /** Whether each element is one of the {@code k} largest; of equals, the first. */
    static boolean[] largest(double[] f, int k) {
        double bar = Select.nth(f.clone(), f.length - k);
        var mask = new boolean[f.length];
        int open = k;
        for (int j = 0; j < f.length; j++) {
            mask[j] = f[j] > bar;
            open -= mask[j] ? 1 : 0;
        }
        for (int j = 0; open > 0; j++) {
            if (f[j] == bar) {
                mask[j] = true;
                open--;
            }
        }
        return mask;
    }

    /** {@code exp(s1 / s2)}, the sums of all and of the k largest features; 1 where s2 is not above 0. */
    static double factor(double[] f, int k) {
        double s2 = Vectors.sumOfLargest(f.clone(), k);
        return s2 > 0 ? Math.exp(Vectors.sum(f) / s2) : 1;
    }

    /** All values of all feature rows, in one array of its own. */
    static double[] values(Batch train) {
        double[][] rows = train.featureRows();
        int d = rows[0].length;
        var values = new double[Math.multiplyExact(rows.length, d)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * d, d);
        }
        return values;
    }
}
