package touchstone.ood.threshold;

import org.apache.commons.math3.special.Gamma;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How a martingale bets against p-values: its capital after n of them, starting from 1, with {@code s = -sum log p}.
 *
 * <ul>
 *   <li>power: {@code prod e p^(e - 1)}, of one exponent e in (0, 1); wins when p-values are small, most for e near 0.
 *   <li>mixture: the mean of the powers over all e in (0, 1), {@code int e^n exp((1 - e) s) de}; no exponent to choose, and it
 *       loses but slowly while nothing happens.
 * </ul>
 *
 * <p>Follows the paper; the mixture in closed form by the incomplete gamma function.
 *
 * @param exponent e, in (0, 1), or 0 for the mixture
 */
@Reference("vovk2003testing")
public record Betting(double exponent) {
    public Betting {
        if (!(exponent >= 0 && exponent < 1)) {
            throw new IllegalArgumentException("exponent must lie in (0, 1), or be 0 for the mixture, was " + exponent);
        }
    }

    /** One exponent, in (0, 1). */
    public static Betting power(double exponent) {
        return new Betting(Check.insideUnit(exponent, "exponent"));
    }

    /** The mean over all exponents. */
    public static Betting mixture() {
        return new Betting(0);
    }

    /**
     * The logarithm of the capital, in nats.
     *
     * @param n number of p-values, 0 or more
     * @param s {@code -sum log p}, 0 or more
     */
    double logCapital(long n, double s) {
        return exponent > 0 ? n * Math.log(exponent) + (1 - exponent) * s : logMixture(n + 1.0, s);
    }

    /** {@code log int_0^1 e^(a - 1) exp((1 - e) s) de}, which is {@code log (e^s gamma(a, s) / s^a)}. */
    private static double logMixture(double a, double s) {
        if (s > a + 1) { // most of the gamma's mass lies below s
            double share = Gamma.regularizedGammaP(a, s, 1e-15, Integer.MAX_VALUE);
            return s - a * Math.log(s) + Gamma.logGamma(a) + Math.log(share);
        }
        double term =
                1 / a; // the series sum_k s^k / (a (a + 1) .. (a + k)): positive terms that fall from the first on
        double sum = term;
        for (double k = 1; term > sum * 1e-17; k++) {
            term *= s / (a + k);
            sum += term;
        }
        return Math.log(sum);
    }
}
