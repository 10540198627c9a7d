package touchstone.rlhf.loss;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Cost model of graded harm: the level k of 0 (safe) to K - 1 (severe) follows {@code P(level >= j | C) = sigma(C - b_j)} with
 * rising borders {@code b_1 < ... < b_{K-1}} (proportional odds); the loss is {@code mean -log P(level | C)}, in nats. With one
 * border at 0 it is the sign term of {@link CostLoss}. Costs: higher is worse.
 *
 * <p>Follows McCullagh's model; the multi-level labels are those of Safe RLHF-V.
 *
 * @param borders b, [K - 1], rising, in units of the cost
 */
@Reference("mccullagh1980regression")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record OrdinalSeverity(double... borders) {
    public OrdinalSeverity {
        borders = borders.clone();
        Check.nonEmpty(borders.length, "borders");
        Check.allFinite(borders, "borders");
        for (int j = 1; j < borders.length; j++) {
            if (!(borders[j] > borders[j - 1])) {
                throw new IllegalArgumentException(
                        "borders must rise, borders[" + j + "] was " + borders[j] + " after " + borders[j - 1]);
            }
        }
    }

    /** Four levels (safe, minor, moderate, severe) with borders 0, 1 and 2. */
    public static OrdinalSeverity defaults() {
        return new OrdinalSeverity(0, 1, 2);
    }

    /**
     * The loss with its gradient.
     *
     * @param loss mean over the examples
     * @param perExample {@code -log P(level | C)}, [n]
     * @param gradCosts derivative of the mean by each cost, [n]
     * @param gradBorders derivative of the mean by each border, [K - 1]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays; copied on the way out
    public record Result(double loss, double[] perExample, double[] gradCosts, double[] gradBorders) {
        @Override
        public double[] perExample() {
            return perExample.clone();
        }

        @Override
        public double[] gradCosts() {
            return gradCosts.clone();
        }

        @Override
        public double[] gradBorders() {
            return gradBorders.clone();
        }
    }

    /** The loss of costs [n] with levels in 0 .. K - 1, [n]. */
    public Result of(double[] costs, int[] levels) {
        Check.nonEmpty(costs.length, "costs");
        Check.sameLength(costs.length, "costs", levels.length, "levels");
        Check.allFinite(costs, "costs");
        int n = costs.length;
        var perExample = new double[n];
        var gradCosts = new double[n];
        var gradBorders = new double[borders.length];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            int k = Check.index(levels[i], borders.length + 1, "levels[" + i + "]");
            perExample[i] = -logProbability(costs[i], k);
            sum += perExample[i];
            boolean below = k > 0;
            boolean above = k < borders.length;
            double far = below && above ? 1 / Math.expm1(borders[k] - borders[k - 1]) : 0;
            double low = below ? Logistic.sigmoid(borders[k - 1] - costs[i]) : 0;
            double high = above ? Logistic.sigmoid(costs[i] - borders[k]) : 0;
            gradCosts[i] = (high - low) / n;
            if (below) {
                gradBorders[k - 1] += (low + far) / n;
            }
            if (above) {
                gradBorders[k] -= (high + far) / n;
            }
        }
        return new Result(sum / n, perExample, gradCosts, gradBorders);
    }

    /** Probabilities of the levels at a cost, [K]. */
    public double[] probabilities(double cost) {
        Check.finite(cost, "cost");
        var p = new double[borders.length + 1];
        Arrays.setAll(p, k -> Math.exp(logProbability(cost, k)));
        return p;
    }

    /** The level of highest probability; the lower of two alike. */
    public int level(double cost) {
        double[] p = probabilities(cost);
        int best = 0;
        for (int k = 1; k < p.length; k++) {
            best = p[k] > p[best] ? k : best;
        }
        return best;
    }

    /** With u and v the cost less the borders around level k: {@code log sigma(u) + log sigma(-v) + log(1 - e^(v - u))}. */
    private double logProbability(double cost, int k) {
        double low = k > 0 ? Logistic.logSigmoid(cost - borders[k - 1]) : 0;
        double high = k < borders.length ? Logistic.logSigmoid(borders[k] - cost) : 0;
        double both = k > 0 && k < borders.length ? Logistic.log1mexp(borders[k - 1] - borders[k]) : 0;
        return low + high + both;
    }

    @Override
    public double[] borders() {
        return borders.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrdinalSeverity that && Arrays.equals(borders, that.borders);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(borders);
    }

    @Override
    public String toString() {
        return "OrdinalSeverity[borders=" + Arrays.toString(borders) + "]";
    }
}
