package touchstone.util;

/** The logistic function and its logarithms, exact to rounding at any argument. */
public final class Logistic {
    private Logistic() {}

    /** {@code 1 / (1 + e^-x)}, in [0, 1]. */
    public static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** {@code log(1 + e^x)}, 0 or more: minus the logarithm of {@code sigmoid(-x)}. */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** {@code log sigmoid(x)}, 0 or less. */
    public static double logSigmoid(double x) {
        return -softplus(-x);
    }

    /** {@code log(1 - e^x)} for x below 0: the branch keeps the digits at both ends. */
    public static double log1mexp(double x) {
        return x > -Math.log(2) ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
    }
}
