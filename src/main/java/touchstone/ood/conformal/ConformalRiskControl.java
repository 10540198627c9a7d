package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The least cautious setting that keeps an expected loss at most alpha. An example's loss L(lambda) falls or stays as lambda
 * grows and lies in [0, bound]; from n calibration examples the setting is
 *
 * <p>{@code lambda = inf { lambda : (sum_i L_i(lambda) + bound) / (n + 1) <= alpha }},
 *
 * <p>and the loss of a further, exchangeable example at it has an expectation of at most alpha, over that example and the
 * calibration examples alike. With the loss "the set misses" it is the conformal quantile.
 *
 * <p>Follows the paper. The infimum is exact when the losses jump only at the settings given.
 *
 * @param alpha the expected loss to keep, above 0, in the unit of the loss
 * @param bound the largest loss there can be, above alpha
 */
@Reference("angelopoulos2024conformal")
public record ConformalRiskControl(double alpha, double bound) {
    public ConformalRiskControl {
        Check.positive(alpha, "alpha");
        Check.positive(bound, "bound");
        if (!(alpha < bound)) {
            throw new IllegalArgumentException("alpha must be below the bound " + bound + ", was " + alpha);
        }
    }

    /** A loss of at most 1. */
    public static ConformalRiskControl atMost(double alpha) {
        return new ConformalRiskControl(alpha, 1);
    }

    public ConformalRiskControl withBound(double most) {
        return new ConformalRiskControl(alpha, most);
    }

    /** The loss of a calibration example, by its number, at a setting; it must not grow with the setting. */
    @FunctionalInterface
    public interface Loss {
        double at(int example, double lambda);
    }

    /**
     * What was found.
     *
     * @param lambda the setting; +Infinity when none of those given will do: only a decision without any loss then keeps alpha
     * @param risk mean loss of the calibration examples at it; 0 at infinity
     * @param calibrated number of calibration examples, n
     */
    public record Controlled(double lambda, double risk, int calibrated) {}

    /**
     * Finds the setting.
     *
     * @param n number of calibration examples, 1 or more
     * @param loss of an example at a setting, in [0, bound]; checked to fall or stay along the settings
     * @param lambdas settings to try, rising: for an exact infimum all places where a loss may jump
     */
    public Controlled fit(int n, Loss loss, double... lambdas) {
        Check.atLeast(n, 1, "n");
        Check.nonEmpty(lambdas.length, "lambdas");
        Check.noNaN(lambdas, "lambdas");
        var before = new double[n];
        Arrays.fill(before, bound);
        double found = Double.POSITIVE_INFINITY;
        double risk = 0;
        for (int j = 0; j < lambdas.length; j++) {
            if (j > 0 && !(lambdas[j] > lambdas[j - 1])) {
                throw new IllegalArgumentException(
                        "lambdas must rise, were " + lambdas[j - 1] + " and then " + lambdas[j] + " at index " + j);
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                before[i] = checked(loss.at(i, lambdas[j]), before[i], i, lambdas[j]);
                sum += before[i];
            }
            if (found == Double.POSITIVE_INFINITY && sum + bound <= alpha * (n + 1) * (1 + 4 * Math.ulp(1.0))) {
                found = lambdas[j];
                risk = sum / n;
            }
        }
        return new Controlled(found, risk, n);
    }

    private double checked(double value, double before, int i, double lambda) {
        if (!(value >= 0 && value <= bound)) {
            throw new IllegalArgumentException("the loss of example " + i + " at " + lambda
                    + " must lie in [0, bound] = [0, " + bound + "], was " + value);
        }
        if (value > before) {
            throw new IllegalArgumentException("the loss of example " + i + " must not grow with lambda, was " + before
                    + " and then " + value + " at " + lambda);
        }
        return value;
    }
}
