package touchstone.rlhf.loss;

import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Loss of a cost model on pairs of which one answer is the safer, {@code mean [-log sigma(C_hi - C_lo) - log sigma(s_lo C_lo) -
 * log sigma(s_hi C_hi)] + reg mean C^2}, in nats: the first term ranks, the sign terms put harmful answers (s = 1) above 0 and
 * safe ones (s = -1) below, so that 0 is the border of safety. Costs: higher is worse.
 *
 * <p>Follows Safe RLHF: the sign terms have full weight; the mean of the penalty goes over all 2n costs.
 *
 * @param regularization the coefficient reg, 0 or more
 * @param signs weight of the sign terms, 0 or more; the paper's 1, and 0 leaves ranking alone, under which 0 means nothing
 */
@Reference("dai2024safe")
public record CostLoss(double regularization, double signs) {
    public CostLoss {
        Check.notNegative(regularization, "regularization");
        Check.notNegative(signs, "signs");
    }

    /** Full sign terms and this penalty. */
    public CostLoss(double regularization) {
        this(regularization, 1);
    }

    /** Full sign terms, no penalty. */
    public static CostLoss defaults() {
        return new CostLoss(0);
    }

    public CostLoss withRegularization(double reg) {
        return new CostLoss(reg, signs);
    }

    public CostLoss withSigns(double weight) {
        return new CostLoss(regularization, weight);
    }

    /**
     * The loss with its parts and gradient.
     *
     * @param loss the sum of all terms
     * @param ranking mean of the ranking term
     * @param sign mean over the pairs of both sign terms together, before their weight
     * @param gradLower derivative of the loss by each cost of a safer answer, [n]
     * @param gradHigher derivative of the loss by each cost of a less safe answer, [n]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays; copied on the way out
    public record Result(double loss, double ranking, double sign, double[] gradLower, double[] gradHigher) {
        @Override
        public double[] gradLower() {
            return gradLower.clone();
        }

        @Override
        public double[] gradHigher() {
            return gradHigher.clone();
        }
    }

    /**
     * The loss.
     *
     * @param lower costs of the safer answers, [n]
     * @param higher costs of the less safe answers, [n]
     * @param lowerHarmful whether the safer answer is harmful all the same, [n]
     * @param higherHarmful whether the less safe answer is harmful, [n]
     */
    public Result of(double[] lower, double[] higher, boolean[] lowerHarmful, boolean[] higherHarmful) {
        check(lower, higher);
        Check.sameLength(lower.length, "lower", lowerHarmful.length, "lowerHarmful");
        Check.sameLength(lower.length, "lower", higherHarmful.length, "higherHarmful");
        int n = lower.length;
        var gradLower = new double[n];
        var gradHigher = new double[n];
        double ranking = 0;
        double sign = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double lead = higher[i] - lower[i];
            double sLow = lowerHarmful[i] ? 1 : -1;
            double sHigh = higherHarmful[i] ? 1 : -1;
            ranking += Logistic.softplus(-lead);
            sign += Logistic.softplus(-sLow * lower[i]) + Logistic.softplus(-sHigh * higher[i]);
            squares += lower[i] * lower[i] + higher[i] * higher[i];
            double pull = Logistic.sigmoid(-lead);
            gradLower[i] = (pull - signs * sLow * Logistic.sigmoid(-sLow * lower[i]) + regularization * lower[i]) / n;
            gradHigher[i] =
                    (-pull - signs * sHigh * Logistic.sigmoid(-sHigh * higher[i]) + regularization * higher[i]) / n;
        }
        double loss = (ranking + signs * sign + regularization * squares / 2) / n;
        return new Result(loss, ranking / n, sign / n, gradLower, gradHigher);
    }

    /** Share of pairs with the less safe answer's cost above the other's; a tie counts as wrong. */
    public static double accuracy(double[] lower, double[] higher) {
        return BradleyTerry.accuracy(higher, lower);
    }

    /** Share of costs on the right side of 0: above for harmful, below for safe; 0 itself counts as wrong. */
    public static double signAccuracy(double[] costs, boolean[] harmful) {
        Check.nonEmpty(costs.length, "costs");
        Check.sameLength(costs.length, "costs", harmful.length, "harmful");
        Check.allFinite(costs, "costs");
        double right = 0;
        for (int i = 0; i < costs.length; i++) {
            right += (harmful[i] ? costs[i] > 0 : costs[i] < 0) ? 1 : 0;
        }
        return right / costs.length;
    }

    private static void check(double[] lower, double[] higher) {
        Check.nonEmpty(lower.length, "lower");
        Check.sameLength(lower.length, "lower", higher.length, "higher");
        Check.allFinite(lower, "lower");
        Check.allFinite(higher, "higher");
    }
}
