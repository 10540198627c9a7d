package touchstone.util;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sorting of numbers without boxing, by 11 bits at a time from the lowest (radix sort) over the bits of the doubles, made to
 * sort as integers: in time linear in their count, but for numbers that agree in their leading six digits, which
 * {@link #ascending(double[])} then compares. Digits in which all numbers agree cost nothing. -0.0 and 0.0 are one number;
 * infinities sort where they belong; NaN is the caller's to refuse.
 */
public final class Sort {
    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    private static final int DIGITS = 6; // 6 * 11 >= 64
    private static final int HIGH = 31; // three digits above it: sign, exponent and 21 bits of the fraction
    private static final int SMALL = 2000; // below it the counting costs more than comparing
    private static final int LARGE = 100_000; // above it a second thread is worth its start

    private Sort() {}

    /** The numbers from low to high, [n]; -0.0 has become 0.0, and the argument stays as it was. */
    public static double[] ascending(double[] x) {
        var result = new double[x.length];
        if (x.length < SMALL) {
            for (int i = 0; i < x.length; i++) {
                result[i] = x[i] + 0.0;
            }
            Arrays.sort(result);
            return result;
        }
        long[] keys = keys(x);
        var other = new long[x.length];
        int[][] starts = starts(keys, HIGH, 3);
        for (int digit = 0; digit < 3; digit++) {
            int[] at = starts[digit];
            if (at.length > 0) {
                int shift = HIGH + digit * BITS;
                for (long key : keys) {
                    other[at[(int) (key >>> shift) & (BUCKETS - 1)]++] = key;
                }
                long[] swap = keys;
                keys = other;
                other = swap;
            }
        }
        sortEqualTops(keys);
        for (int i = 0; i < result.length; i++) {
            result[i] = Double.longBitsToDouble(keys[i] ^ ((~keys[i] >> 63) | Long.MIN_VALUE));
        }
        return result;
    }

    /** Sorts by the low bits where the high ones agree: few and short runs, but for numbers that lie very close. */
    private static void sortEqualTops(long[] keys) {
        int from = 0;
        for (int i = 1; i <= keys.length; i++) {
            if (i == keys.length || (keys[i] ^ keys[from]) >>> HIGH != 0) {
                if (i - from > 1) {
                    Arrays.sort(keys, from, i); // the sign bits agree
                }
                from = i;
            }
        }
    }

    /** Two arrays, each sorted as by {@link #ascending(double[])}; large ones at the same time. */
    public static double[][] ascending(double[] a, double[] b) {
        if ((long) a.length + b.length < LARGE) {
            return new double[][] {ascending(a), ascending(b)};
        }
        return IntStream.range(0, 2)
                .parallel()
                .mapToObj(i -> ascending(i == 0 ? a : b))
                .toArray(double[][]::new);
    }

    /** Places of the numbers from low to high, [n]; equal numbers keep their order. */
    public static int[] order(double[] x) {
        long[] keys = keys(x);
        int[][] starts = starts(keys, 0, DIGITS);
        var order = new int[x.length];
        Arrays.setAll(order, i -> i);
        var other = new int[x.length];
        for (int digit = 0; digit < DIGITS; digit++) {
            int[] at = starts[digit];
            if (at.length > 0) {
                int shift = digit * BITS;
                for (int i : order) {
                    other[at[(int) (keys[i] >>> shift) & (BUCKETS - 1)]++] = i;
                }
                int[] swap = order;
                order = other;
                other = swap;
            }
        }
        return order;
    }

    /** Longs whose unsigned order is that of the doubles. */
    private static long[] keys(double[] x) {
        var keys = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            long bits = Double.doubleToRawLongBits(x[i] + 0.0); // -0.0 becomes 0.0
            keys[i] = bits ^ ((bits >> 63) | Long.MIN_VALUE);
        }
        return keys;
    }

    /** Where each bucket of each digit from the bit {@code low} on begins; empty for a digit in which all keys agree. */
    private static int[][] starts(long[] keys, int low, int digits) {
        var starts = new int[digits][BUCKETS];
        for (int digit = 0; digit < digits; digit++) {
            int[] counts = starts[digit];
            int shift = low + digit * BITS;
            for (long key : keys) {
                counts[(int) (key >>> shift) & (BUCKETS - 1)]++;
            }
        }
        for (int digit = 0; digit < digits; digit++) {
            int sum = 0;
            for (int b = 0; b < BUCKETS; b++) {
                int count = starts[digit][b];
                if (count == keys.length) {
                    starts[digit] = new int[0];
                    break;
                }
                starts[digit][b] = sum;
                sum += count;
            }
        }
        return starts;
    }
}
