package touchstone.rlhf.policy;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * A distribution over finitely many answers beside the reference it came from.
 *
 * @param probabilities [m], summing to 1
 * @param divergence KL from the reference, in nats, 0 or more
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record DiscretePolicy(double[] probabilities, double divergence) {
    public DiscretePolicy {
        probabilities = probabilities.clone();
        checkLaw(probabilities, "probabilities");
    }

    /** Expected value of numbers of the answers, such as their rewards, [m]. */
    public double mean(double[] values) {
        Check.sameLength(values.length, "values", probabilities.length, "probabilities");
        Check.allFinite(values, "values");
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += probabilities[i] * values[i];
        }
        return sum;
    }

    /** KL(p || q) of two laws, in nats; infinite where q is 0 and p is not. */
    public static double divergence(double[] p, double[] q) {
        Check.sameLength(p.length, "p", q.length, "q");
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += p[i] == 0 ? 0 : p[i] * Math.log(p[i] / q[i]);
        }
        return Math.max(0, sum); // rounding can leave -1e-17
    }

    static void checkLaw(double[] p, String name) {
        Check.nonEmpty(p.length, name);
        Check.probabilities(p, name);
        double sum = Arrays.stream(p).sum();
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException(name + " must sum to 1, summed to " + sum);
        }
    }

    @Override
    public double[] probabilities() {
        return probabilities.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiscretePolicy that
                && divergence == that.divergence
                && Arrays.equals(probabilities, that.probabilities);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(divergence) + Arrays.hashCode(probabilities);
    }

    @Override
    public String toString() {
        return "DiscretePolicy[" + probabilities.length + " answers, divergence=" + divergence + "]";
    }
}
