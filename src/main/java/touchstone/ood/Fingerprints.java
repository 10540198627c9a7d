package touchstone.ood;

import java.util.HashMap;
import java.util.Map;

/** How often each row is in a fit, by 64-bit fingerprints: some 80 bytes a row, whatever its width. */
final class Fingerprints {
    private final Map<Long, Integer> counts = new HashMap<>();
    private int size;

    /** A fingerprint of numbers, in order; 0 and -0 are one. */
    static long of(double... numbers) {
        long h = numbers.length;
        for (double v : numbers) {
            h = mixed(h, Double.doubleToLongBits(v + 0.0));
        }
        return h;
    }

    /** A fingerprint of fingerprints, in order. */
    static long of(long... parts) {
        long h = parts.length;
        for (long part : parts) {
            h = mixed(h, part);
        }
        return h;
    }

    private static long mixed(long state, long bits) {
        long h = (state ^ bits) * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
        return h ^ (h >>> 32);
    }

    void add(long... rows) {
        for (long row : rows) {
            counts.merge(row, 1, Integer::sum);
        }
        size += rows.length;
    }

    /** Removes all of the rows, or none and throws when one is not there often enough. */
    void remove(long... rows) {
        Map<Long, Integer> asked = new HashMap<>();
        for (int i = 0; i < rows.length; i++) {
            int there = counts.getOrDefault(rows[i], 0);
            if (asked.merge(rows[i], 1, Integer::sum) > there) {
                throw new IllegalArgumentException(
                        "rows[" + i + "] must have been added before it is removed, was in the" + " fit " + there
                                + " times and asked for " + asked.get(rows[i]) + " times");
            }
        }
        asked.forEach((row, times) -> counts.merge(row, -times, Integer::sum));
        counts.values().removeIf(times -> times == 0);
        size -= rows.length;
    }

    int size() {
        return size;
    }
}
