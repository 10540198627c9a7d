package touchstone.ood;

import java.math.BigInteger;
import java.util.Arrays;
import touchstone.util.Reference;

/**
 * Sums of doubles without rounding, one a cell: each is a fixed-point number cut into chunks of 32 bits, each in a long that
 * has room for 2^30 carries. So sums do not depend on the order, and what is subtracted again leaves no trace in them. All cells share a
 * window of chunks that grows as needed, at most 66 (528 bytes a cell), of values of similar size about 8.
 *
 * <p>Follows the paper's small superaccumulator, with a growing window in place of the whole range of exponents.
 */
@Reference("neal2015fast")
final class ExactSums {
    private static final long MASK = 0xFFFFFFFFL;
    private static final int LEAST = -1074; // exponent of the last bit of the smallest double
    private static final int ROOM = 1 << 30;

    private int cells;
    private int first;
    private int width;
    private long[] chunks = {};
    private int added;

    ExactSums(int cells) {
        this.cells = cells;
    }

    int cells() {
        return cells;
    }

    /** Makes room for more cells, which start at 0. */
    void grow(int more) {
        cells = Math.max(cells, more);
        chunks = Arrays.copyOf(chunks, cells * width);
    }

    /** Adds a finite number to a cell. */
    void add(int cell, double value) {
        if (value == 0) {
            return;
        }
        int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT);
        long bits = Double.doubleToRawLongBits(value) & 0xFFFFFFFFFFFFFL;
        long mantissa = Math.abs(value) < Double.MIN_NORMAL ? bits : bits | (1L << 52);
        int place = exponent - 52 - LEAST;
        int chunk = place >> 5;
        int shift = place & 31;
        reach(chunk);
        int at = cell * width + chunk - first;
        long sign = value < 0 ? -1 : 1;
        chunks[at] += sign * ((mantissa << shift) & MASK);
        chunks[at + 1] += sign * ((mantissa >>> (32 - shift)) & MASK);
        chunks[at + 2] += sign * ((mantissa >>> 32) >>> (32 - shift));
        if (++added == ROOM) {
            carry();
        }
    }

    /** Adds the exact product of two numbers to a cell, or takes it away. */
    void addProduct(int cell, double a, double b, int sign) {
        double product = a * b;
        add(cell, sign * product);
        add(cell, sign * Math.fma(a, b, -product));
    }

    /** Widens the window to hold a chunk, the two after it and one for carries. */
    private void reach(int chunk) {
        if (width > 0 && chunk >= first && chunk + 3 < first + width) {
            return;
        }
        int low = width == 0 ? chunk : Math.min(first, chunk);
        int high = width == 0 ? chunk + 4 : Math.max(first + width, chunk + 4);
        var wider = new long[cells * (high - low)];
        for (int cell = 0; cell < cells && width > 0; cell++) {
            System.arraycopy(chunks, cell * width, wider, cell * (high - low) + first - low, width);
        }
        chunks = wider;
        first = low;
        width = high - low;
    }

    private void carry() {
        for (int at = 0; at < chunks.length; at++) {
            if ((at + 1) % width != 0) {
                chunks[at + 1] += chunks[at] >> 32;
                chunks[at] &= MASK;
            }
        }
        added = 0;
    }

    /** An exponent below that of any bit; it depends on what was ever added. */
    int floor() {
        return 32 * first + LEAST;
    }

    /** The exponent of the lowest bit of any cell: a property of the sums alone; 0 where all are 0. */
    int unit() {
        int least = Integer.MAX_VALUE;
        for (int cell = 0; cell < cells; cell++) {
            BigInteger whole = whole(cell);
            least = whole.signum() == 0 ? least : Math.min(least, whole.getLowestSetBit());
        }
        return least == Integer.MAX_VALUE ? 0 : least + floor();
    }

    /** A cell in units of {@code 2^unit}, which is at most {@link #unit} or {@link #floor}. */
    BigInteger value(int cell, int unit) {
        return whole(cell).shiftLeft(floor() - unit);
    }

    private BigInteger whole(int cell) {
        BigInteger sum = BigInteger.ZERO;
        for (int at = (cell + 1) * width - 1; at >= cell * width; at--) {
            sum = sum.shiftLeft(32).add(BigInteger.valueOf(chunks[at]));
        }
        return sum;
    }

    /** {@code value 2^unit / divisor}, rounded once. */
    static double ratio(BigInteger value, int unit, long divisor) {
        BigInteger n = BigInteger.valueOf(divisor);
        int shift = Math.max(0, 66 + n.bitLength() - value.bitLength());
        BigInteger[] parts = value.abs().shiftLeft(shift).divideAndRemainder(n);
        BigInteger sticky = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
        int excess = Math.max(0, sticky.bitLength() - 900); // a long quotient stays below the largest double
        BigInteger kept = excess == 0 ? sticky : sticky.shiftRight(excess).setBit(0);
        return value.signum() * Math.scalb(kept.doubleValue(), unit - shift + excess);
    }
}
