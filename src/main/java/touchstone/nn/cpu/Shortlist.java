package touchstone.nn.cpu;

import java.util.Arrays;

/**
 * The rows that may be the k-th nearest of one query, by half squared distances less half the query's squared length, each known
 * up to a slack. Where the k-th smallest of the rough numbers is b, the k-th smallest of the true ones lies within b - slack and
 * b + slack: rows below b - 2 slack are nearer than it, rows above b + 2 slack are further.
 */
final class Shortlist {
    private final double slack;
    private final float[] best;
    private float limit;
    private int[] rows;
    private float[] values;
    private int size;

    /** A slack of infinity: the rough numbers are of no use. */
    Shortlist(int k, double slack) {
        this.slack = slack;
        best = new float[k];
        Arrays.fill(best, Float.POSITIVE_INFINITY);
        limit = unsure() ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        rows = new int[4 * k + 64];
        values = new float[rows.length];
    }

    boolean unsure() {
        return Double.isInfinite(slack);
    }

    /** Takes in rows {@code start} .. {@code start + n - 1}, whose rough numbers stand from {@code at} on. */
    void scan(int start, float[] numbers, int at, int n) {
        float most = limit;
        for (int i = at; i < at + n; i++) {
            if (numbers[i] <= most) {
                add(start + i - at, numbers[i]);
                most = limit;
            }
        }
    }

    private void add(int row, float value) {
        if (size == rows.length) {
            compact();
        }
        rows[size] = row;
        values[size++] = value;
        int at = best.length - 1;
        if (value < best[at]) {
            for (; at > 0 && best[at - 1] > value; at--) {
                best[at] = best[at - 1];
            }
            best[at] = value;
            limit = Math.nextUp((float) (bar() + 2 * slack));
        }
    }

    private double bar() {
        return best[best.length - 1];
    }

    /** Drops what has fallen out; makes room where that was little. */
    private void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (values[i] <= limit) {
                rows[kept] = rows[i];
                values[kept++] = values[i];
            }
        }
        size = kept;
        if (kept > rows.length / 2) {
            rows = Arrays.copyOf(rows, 2 * rows.length);
            values = Arrays.copyOf(values, rows.length);
        }
    }

    /** How many rows are nearer than the k-th for certain. */
    int within() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (values[i] < bar() - 2 * slack) {
                count++;
            }
        }
        return count;
    }

    /** The rows that only exact distances can tell apart. */
    int[] open() {
        compact();
        var open = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (values[i] >= bar() - 2 * slack) {
                open[count++] = rows[i];
            }
        }
        return Arrays.copyOf(open, count);
    }
}
