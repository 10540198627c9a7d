package touchstone.stats;

import org.apache.commons.math3.special.Erf;

/**
 * Range of k independent standard normal values: the studentized range with infinitely many degrees of freedom.
 * {@code P(range > q) = k int phi(z) (Phi(z)^(k-1) - (Phi(z) - Phi(z - q))^(k-1)) dz}, by the trapezoid rule, which
 * converges faster than any power of the step on integrands that fall off like these.
 */
final class StudentizedRange {
    private static final double STEP = 1.0 / 32;
    private static final double REACH = 9; // phi(9) = 1e-18

    private StudentizedRange() {}

    /** Upper tail probability, in [0, 1], for q >= 0 and k >= 2. */
    static double upperTail(double q, int k) {
        double sum = 0;
        int steps = (int) Math.ceil((2 * REACH + q) / STEP);
        for (int i = 0; i <= steps; i++) {
            double z = -REACH + i * STEP;
            double all = phi(z);
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double share = -Math.expm1((k - 1) * Math.log1p(-phi(z - q) / all)); // 1 - (1 - r)^(k-1)
            sum += density * Math.pow(all, k - 1) * share;
        }
        return Math.min(1, k * sum * STEP);
    }

    /** The q that is exceeded with the given chance, in (0, 1), by bisection. */
    static double quantile(double chance, int k) {
        double low = 0;
        double high = 1;
        while (upperTail(high, k) > chance) {
            high *= 2;
        }
        for (double mid = high / 2; mid > low && mid < high; mid = (low + high) / 2) {
            if (upperTail(mid, k) > chance) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return (low + high) / 2;
    }

    private static double phi(double z) {
        return Erf.erfc(-z / Math.sqrt(2)) / 2;
    }
}
