package touchstone.claims;

import touchstone.stats.Interval;

/**
 * The values a claim holds for: from {@code low} to {@code high}, either end inside or not.
 *
 * @param low lower end; -Infinity for none
 * @param high upper end; +Infinity for none
 * @param open whether the ends themselves fail the condition
 * @param text as a table prints it, such as {@code > 0.0}
 */
record Condition(double low, double high, boolean open, String text) {
    Condition {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "the lower bound must be at most the upper one, were " + low + " and " + high);
        }
    }

    static Condition greaterThan(double t) {
        return new Condition(t, Double.POSITIVE_INFINITY, true, "> " + t);
    }

    static Condition lessThan(double t) {
        return new Condition(Double.NEGATIVE_INFINITY, t, true, "< " + t);
    }

    static Condition atLeast(double t) {
        return new Condition(t, Double.POSITIVE_INFINITY, false, ">= " + t);
    }

    static Condition atMost(double t) {
        return new Condition(Double.NEGATIVE_INFINITY, t, false, "<= " + t);
    }

    static Condition between(double low, double high) {
        return new Condition(low, high, false, "in [" + low + ", " + high + "]");
    }

    boolean holds(double x) {
        return open ? x > low && x < high : x >= low && x <= high;
    }

    /**
     * Supported when both ends of the interval meet the condition; refuted when the interval lies wholly beyond a bound. An
     * interval that touches the bound from the wrong side is not shown: widened by a hair it would meet the condition.
     */
    Verdict judge(Interval interval) {
        boolean above = low == Double.NEGATIVE_INFINITY || (open ? interval.lower() > low : interval.lower() >= low);
        boolean below = high == Double.POSITIVE_INFINITY || (open ? interval.upper() < high : interval.upper() <= high);
        if (above && below) {
            return Verdict.SUPPORTED;
        }
        return interval.upper() < low || interval.lower() > high ? Verdict.REFUTED : Verdict.NOT_SHOWN;
    }
}
