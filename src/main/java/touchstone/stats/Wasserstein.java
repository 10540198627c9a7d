package touchstone.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Distances of two samples of numbers by optimal transport, {@code W_p^p = int_0^1 |F^-1(u) - G^-1(u)|^p du} over the quantile
 * functions of the samples: sorted values are matched in order, and of samples of unequal sizes each value is split. Exact; 0 for
 * equal samples.
 */
@Reference("rodriguez2025controlling")
public final class Wasserstein {
    private static final int SMALL = 200; // below it insertion beats counting digits

    private Wasserstein() {}

    /** {@code W_1}, in the unit of the values, 0 or more; samples [n] and [m], finite. */
    public static double first(double[] x, double[] y) {
        return match(x, y, 1, new double[x.length]);
    }

    /** {@code W_2^2}, in the squared unit of the values, 0 or more; samples [n] and [m], finite. */
    public static double secondSquared(double[] x, double[] y) {
        return match(x, y, 2, new double[x.length]);
    }

    /**
     * {@code W_2^2} with its slopes by the first sample; where values of it are equal, one of the slopes there are.
     *
     * @param weight factor of the distance and its slopes
     * @param slopes to which those by x are added, [n]
     * @return {@code weight W_2^2}
     */
    public static double addSecondSquared(double[] x, double[] y, double weight, double[] slopes) {
        Check.sameLength(slopes.length, "slopes", x.length, "x");
        var own = new double[x.length];
        double value = match(x, y, 2, own);
        for (int i = 0; i < own.length; i++) {
            slopes[i] += weight * own[i];
        }
        return weight * value;
    }

    private static double match(double[] x, double[] y, int power, double[] slopes) {
        Check.nonEmpty(x.length, "x");
        Check.nonEmpty(y.length, "y");
        Check.allFinite(x, "x");
        Check.allFinite(y, "y");
        int[] order = order(x);
        double[] sorted = y.clone();
        Arrays.sort(sorted);
        long n = x.length;
        long m = y.length;
        double sum = 0;
        long at = 0; // in units of 1 / (n m)
        for (int i = 0, j = 0; i < n && j < m; ) {
            long next = Math.min((i + 1) * m, (j + 1) * n);
            double share = (double) (next - at) / ((double) n * m);
            double gap = x[order[i]] - sorted[j];
            sum += share * (power == 1 ? Math.abs(gap) : gap * gap);
            slopes[order[i]] += share * (power == 1 ? Math.signum(gap) : 2 * gap);
            at = next;
            i += next == (i + 1) * m ? 1 : 0;
            j += next == (j + 1) * n ? 1 : 0;
        }
        return sum;
    }

    private static int[] order(double[] x) {
        if (x.length > SMALL) {
            return Sort.order(x);
        }
        int[] order = IntStream.range(0, x.length).toArray();
        for (int i = 1; i < order.length; i++) {
            int moved = order[i];
            int at = i;
            while (at > 0 && x[order[at - 1]] > x[moved]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moved;
        }
        return order;
    }
}
