package touchstone.rlhf.policy;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * Estimators of the divergence KL(p || q) from an answer drawn from p, by {@code x = log p - log q}, in nats. Their slopes by
 * log p are those of the number itself; as a penalty inside a loss only that of {@link #K2} has the expectation of the
 * divergence's gradient.
 *
 * <p>The names are John Schulman's (joschu.net/blog/kl-approx.html, 2020). Differs from OpenRLHF: nothing is clamped.
 */
public enum KlEstimator {
    /** {@code x}: unbiased, of high variance, of either sign. */
    K1 {
        @Override
        public double of(double logP, double logQ) {
            return logP - logQ;
        }

        @Override
        public double slope(double logP, double logQ) {
            return 1;
        }
    },
    /** {@code x^2 / 2}: biased, 0 or more. */
    K2 {
        @Override
        public double of(double logP, double logQ) {
            double x = logP - logQ;
            return x * x / 2;
        }

        @Override
        public double slope(double logP, double logQ) {
            return logP - logQ;
        }
    },
    /** {@code e^-x - 1 + x}: unbiased, 0 or more. */
    K3 {
        @Override
        public double of(double logP, double logQ) {
            double x = logP - logQ;
            // near 0 the two parts cancel: the series x^2 / 2 - x^3 / 6 + x^4 / 24 - x^5 / 120 keeps the digits
            return Math.abs(x) < 1e-3 ? x * x * (0.5 - x * (1 / 6.0 - x * (1 / 24.0 - x / 120))) : Math.expm1(-x) + x;
        }

        @Override
        public double slope(double logP, double logQ) {
            return -Math.expm1(logQ - logP);
        }
    };

    /** The estimate of one answer. */
    public abstract double of(double logP, double logQ);

    /** Derivative of the estimate by log p. */
    public abstract double slope(double logP, double logQ);

    /** The estimates of [n] answers. */
    public double[] of(double[] logP, double[] logQ) {
        Check.sameLength(logP.length, "logP", logQ.length, "logQ");
        Check.allFinite(logP, "logP");
        Check.allFinite(logQ, "logQ");
        var result = new double[logP.length];
        Arrays.setAll(result, i -> of(logP[i], logQ[i]));
        return result;
    }
}
