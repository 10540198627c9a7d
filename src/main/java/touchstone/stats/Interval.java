package touchstone.stats;

import java.util.Locale;
import touchstone.util.Check;

/**
 * A confidence interval with the estimate it belongs to.
 *
 * @param estimate the value measured
 * @param lower lower end, at most {@code upper}; may be infinite
 * @param upper upper end
 * @param level confidence level, in (0, 1)
 * @param method how it was made, in words fit for a table
 */
public record Interval(double estimate, double lower, double upper, double level, String method) {
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("lower must be at most upper, were " + lower + " and " + upper);
        }
        if (Double.isNaN(estimate)) {
            throw new IllegalArgumentException("estimate must be a number, was NaN");
        }
        Check.insideUnit(level, "level");
    }

    /** Upper end less lower end. */
    public double width() {
        return upper - lower;
    }

    /**
     * Cut to what the quantity can be, such as 0 to 1 for an AUROC.
     *
     * @throws IllegalArgumentException if nothing of it lies there
     */
    public Interval within(double least, double most) {
        return new Interval(estimate, Math.max(lower, least), Math.min(upper, most), level, method);
    }

    /** Whether a value lies inside, the ends included. */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.4g [%.4g, %.4g] (%s%%, %s)", estimate, lower, upper, percent(level), method);
    }

    private static String percent(double level) {
        double p = Math.round(level * 1e6) / 1e4;
        return p == Math.rint(p) ? String.valueOf((long) p) : String.valueOf(p);
    }
}
