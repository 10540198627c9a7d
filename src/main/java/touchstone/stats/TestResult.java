package touchstone.stats;

import java.util.Locale;

/**
 * What a test of "no difference" found.
 *
 * @param estimate the difference measured, first less second
 * @param statistic value of the test statistic, as {@code method} names it
 * @param pValue two-sided p-value, in [0, 1]
 * @param method the test, in words fit for a table
 */
public record TestResult(double estimate, double statistic, double pValue, String method) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "difference %.4g, statistic %.4g, p = %.3g (%s)", estimate, statistic, pValue, method);
    }
}
