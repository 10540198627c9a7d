package touchstone.ood;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Counts and exact sums of rows by class, and exact sums of their products over all classes: means, rounded once, and the
 * covariance within classes, of which only the last division rounds. Its cost is O(d^2) a row; its memory some 64 bytes for each of
 * {@code d (d + 1) / 2 + c d} sums.
 */
final class ExactMoments {
    private static final int GUARD = 64; // bits kept after the point where a class mean's square is divided

    private final int d;
    private final ExactSums sums = new ExactSums(0);
    private final ExactSums products;
    private int[] counts = {};

    /** Moments of rows of d columns; of the first order alone where {@code second} is off. */
    ExactMoments(int d, boolean second) {
        this.d = d;
        products = new ExactSums(second ? d * (d + 1) / 2 : 0);
    }

    /** Adds a row to a class (sign 1) or takes it out (sign -1). */
    void add(double[] row, int label, int sign) {
        if (label >= counts.length) {
            counts = Arrays.copyOf(counts, label + 1);
            sums.grow(counts.length * d);
        }
        counts[label] += sign;
        int cell = 0;
        for (int a = 0; a < d; a++) {
            sums.add(label * d + a, sign * row[a]);
            for (int b = 0; b <= a && products.cells() > 0; b++) {
                products.addProduct(cell++, row[a], row[b], sign);
            }
        }
    }

    /** The labels that have rows, rising. */
    int[] present() {
        return IntStream.range(0, counts.length).filter(k -> counts[k] > 0).toArray();
    }

    int count(int label) {
        return label < counts.length ? counts[label] : 0;
    }

    /** The mean of a class that has rows, [d]. */
    double[] mean(int label) {
        int unit = sums.floor();
        return Vectors.each(d, j -> ExactSums.ratio(sums.value(label * d + j, unit), unit, counts[label]));
    }

    /** The mean of each of the given classes. */
    double[][] means(int... labels) {
        return Arrays.stream(labels).mapToObj(this::mean).toArray(double[][]::new);
    }

    /** The mean of all rows, [d]. */
    double[] mean() {
        int unit = sums.floor();
        return Vectors.each(d, j -> ExactSums.ratio(total(j, unit), unit, size()));
    }

    private BigInteger total(int j, int unit) {
        BigInteger sum = BigInteger.ZERO;
        for (int k = 0; k < counts.length; k++) {
            sum = sum.add(sums.value(k * d + j, unit));
        }
        return sum;
    }

    private long size() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /** The covariance within classes, over n, plus a ridge on the diagonal, [d][d]. */
    double[][] within(double ridge) {
        int unit = sums.unit();
        int[] present = present();
        var centres = new BigInteger[present.length][];
        for (int k = 0; k < centres.length; k++) {
            int label = present[k];
            centres[k] = IntStream.range(0, d)
                    .mapToObj(j -> sums.value(label * d + j, unit))
                    .toArray(BigInteger[]::new);
        }
        long[] sizes = Arrays.stream(present).mapToLong(k -> counts[k]).toArray();
        return covariance(centres, sizes, unit, ridge);
    }

    /** The covariance of all rows as one class. */
    double[][] overall(double ridge) {
        int unit = sums.unit();
        BigInteger[] all = IntStream.range(0, d).mapToObj(j -> total(j, unit)).toArray(BigInteger[]::new);
        return covariance(new BigInteger[][] {all}, new long[] {size()}, unit, ridge);
    }

    private double[][] covariance(BigInteger[][] centres, long[] sizes, int unit, double ridge) {
        int fine = Math.min(2 * unit - GUARD, products.unit());
        var s = new double[d][d];
        IntStream.range(0, d).parallel().forEach(a -> {
            for (int b = 0; b <= a; b++) {
                BigInteger sum = products.value(a * (a + 1) / 2 + b, fine);
                for (int k = 0; k < sizes.length; k++) {
                    BigInteger square = centres[k][a].multiply(centres[k][b]).shiftLeft(2 * unit - fine);
                    sum = sum.subtract(square.divide(BigInteger.valueOf(sizes[k])));
                }
                s[a][b] = ExactSums.ratio(sum, fine, size()) + (a == b ? ridge : 0);
            }
        });
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < a; b++) {
                s[b][a] = s[a][b];
            }
        }
        return s;
    }
}
