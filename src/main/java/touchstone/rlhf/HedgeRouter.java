package touchstone.rlhf;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Weights of several rewards for one person, learnt as the person chooses: {@code w ~ w e^(-eta loss)} after each pair (Hedge). With
 * eta = 1 and losses {@code -log sigma(d_k)} this is Bayes' rule. Immutable: {@link #after} gives the next state.
 *
 * <p>Against the best group in hindsight, losses in [0, 1] over T pairs cost at most {@code ln K / eta + eta T / 8} more.
 *
 * @param weights of the groups, summing to 1, [groups]
 * @param eta learning rate, above 0
 */
@Reference({"freund1997decision", "shen2025micro"})
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record HedgeRouter(double[] weights, double eta) {
    public HedgeRouter {
        weights = weights.clone();
        Check.nonEmpty(weights.length, "weights");
        Check.probabilities(weights, "weights");
        double sum = Arrays.stream(weights).sum();
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException("weights must sum to 1, summed to " + sum);
        }
        Check.positive(eta, "eta");
    }

    /** Equal weights of a number of groups. */
    public static HedgeRouter uniform(int groups, double eta) {
        var weights = new double[Check.atLeast(groups, 1, "groups")];
        Arrays.fill(weights, 1.0 / groups);
        return new HedgeRouter(weights, eta);
    }

    /** The router after a pair on which the groups' rewards had these losses, finite, [groups]. */
    public HedgeRouter after(double... losses) {
        Check.sameLength(losses.length, "losses", weights.length, "weights");
        Check.allFinite(losses, "losses");
        var logs = new double[weights.length];
        Arrays.setAll(logs, k -> Math.log(weights[k]) - eta * losses[k]);
        PreferenceMixture.normalise(logs);
        return new HedgeRouter(logs, eta);
    }

    /** Weighted mean of the groups' rewards or probabilities, [groups]. */
    public double mean(double... values) {
        Check.sameLength(values.length, "values", weights.length, "weights");
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            sum += weights[k] * values[k];
        }
        return sum;
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HedgeRouter that && eta == that.eta && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(eta) + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "HedgeRouter[weights=" + Arrays.toString(weights) + ", eta=" + eta + "]";
    }
}
