package touchstone.continual;

import java.util.function.IntToDoubleFunction;

/** Means over what was evaluated: NaN terms are skipped, and no terms give NaN. */
final class Means {
    private Means() {}

    /** Mean of {@code term(i)} for i in [from, to), without NaN. */
    static double over(int from, int to, IntToDoubleFunction term) {
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            double x = term.applyAsDouble(i);
            if (!Double.isNaN(x)) {
                sum += x;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    static double of(double[] values) {
        return over(0, values.length, i -> values[i]);
    }

    /** The largest of {@code term(i)} for i in [from, to), without NaN; NaN when there is none. */
    static double largest(int from, int to, IntToDoubleFunction term) {
        double best = Double.NaN;
        for (int i = from; i < to; i++) {
            double x = term.applyAsDouble(i);
            if (Double.isNaN(best) || x > best) {
                best = x;
            }
        }
        return best;
    }

    /** The smallest of {@code term(i)} for i in [from, to), without NaN; NaN when there is none. */
    static double smallest(int from, int to, IntToDoubleFunction term) {
        return -largest(from, to, i -> -term.applyAsDouble(i));
    }
}
