package touchstone.util;

import java.util.Arrays;

/** The k-th smallest of many numbers in linear time (Hoare's selection, which sorts what stays stubborn). */
public final class Select {
    private static final int SMALL = 24; // numbers that sorting is faster for

    private Select() {}

    /**
     * Moves the numbers so that what stands at {@code k} is what sorting would put there, with none larger before it and none
     * smaller behind it.
     *
     * @param x without NaN; reordered
     * @param k 0 to n - 1
     * @return {@code x[k]}
     */
    public static double nth(double[] x, int k) {
        Check.index(k, x.length, "k");
        int low = 0;
        int high = x.length - 1;
        int rounds = 4 * (32 - Integer.numberOfLeadingZeros(x.length)); // far more than chance takes
        while (high - low > SMALL && rounds-- > 0) {
            double pivot = middle(x[low], x[(low + high) >>> 1], x[high]);
            int i = low - 1;
            int j = high + 1;
            while (true) {
                do {
                    i++;
                } while (x[i] < pivot);
                do {
                    j--;
                } while (x[j] > pivot);
                if (i >= j) {
                    break;
                }
                double swap = x[i];
                x[i] = x[j];
                x[j] = swap;
            }
            if (k <= j) {
                high = j;
            } else {
                low = j + 1;
            }
        }
        Arrays.sort(x, low, high + 1);
        return x[k];
    }

    private static double middle(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
