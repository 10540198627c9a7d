package touchstone.unlearn.metric;

import touchstone.stats.KolmogorovSmirnov;
import touchstone.stats.TestResult;
import touchstone.util.Reference;

/**
 * TOFU's forget quality: the exact two-sided Kolmogorov-Smirnov test of the truth ratios on the forget set, unlearned against
 * retrained. A high p-value means that the two could not be told apart, which few questions make easy. Inverting all ratios
 * changes nothing. The p-value is carried as a logarithm, since thousands of questions underflow a double.
 *
 * @param distance D, the largest distance of the distribution functions, in [0, 1]; lower is better
 * @param pValue exact p-value, in [0, 1]; 0 where it is below the smallest double
 * @param logP natural logarithm of the p-value, 0 or less
 */
@Reference({"maini2024tofu", "smirnov1948table"})
public record ForgetQuality(double distance, double pValue, double logP) {
    /** Compares two samples of truth ratios, [n] and [m]. */
    public static ForgetQuality of(double[] unlearned, double[] retrained) {
        TestResult test = KolmogorovSmirnov.exact(unlearned, retrained);
        return new ForgetQuality(test.statistic(), test.pValue(), KolmogorovSmirnov.exactLogP(unlearned, retrained));
    }

    /** Decimal logarithm of the p-value, what the papers plot; 0 or less. */
    public double log10P() {
        return logP / Math.log(10);
    }
}
