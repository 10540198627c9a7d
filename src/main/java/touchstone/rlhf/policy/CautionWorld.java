package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A made-up world in which too much of a good thing is bad: an answer is a vector of standard normal features, the first of which is
 * caution. Its gold reward is {@code sum_j w_j phi_j - k phi_0^2}: some caution helps, beyond {@code w_0 / (2 k)} an answer is an
 * over-refusal, worth less the more careful it is. Among ordinary answers caution pays on the whole, so that a linear reward model
 * learns to like it without end.
 *
 * @param weights w, [d], the first above 0
 * @param curvature k, above 0
 */
@Reference("lambert2023alignment")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in; read by this class alone
public record CautionWorld(double[] weights, double curvature) {
    public CautionWorld {
        weights = weights.clone();
        Check.nonEmpty(weights.length, "weights");
        Check.allFinite(weights, "weights");
        Check.positive(weights[0], "weights[0]");
        Check.positive(curvature, "curvature");
    }

    /** Caution of weight 1 and curvature 0.5, so that 1 is best; three other features of weight 0.4. */
    public static CautionWorld defaults() {
        var w = new double[4];
        Arrays.fill(w, 0.4);
        w[0] = 1;
        return new CautionWorld(w, 0.5);
    }

    /** The caution that is worth most. */
    public double bestCaution() {
        return weights[0] / (2 * curvature);
    }

    /** Features of n answers of the reference policy, [n, d]. */
    public double[][] answers(int n, long seed) {
        Check.atLeast(n, 1, "n");
        RandomGenerator rng = Seeds.rng(seed, "caution answers");
        var x = new double[n][weights.length];
        for (double[] row : x) {
            Arrays.setAll(row, j -> rng.nextGaussian());
        }
        return x;
    }

    /** Gold reward of answers [n, d]; [n]. */
    public double[] gold(double[][] answers) {
        double[] linear = linear(weights, answers);
        Arrays.setAll(linear, i -> linear[i] - curvature * answers[i][0] * answers[i][0]);
        return linear;
    }

    /** What a linear reward model says of answers, {@code v . phi}, [n]. */
    public static double[] linear(double[] v, double[][] answers) {
        var result = new double[answers.length];
        for (int i = 0; i < result.length; i++) {
            Check.sameLength(answers[i].length, "answers[" + i + "]", v.length, "weights");
            for (int j = 0; j < v.length; j++) {
                result[i] += v[j] * answers[i][j];
            }
        }
        return result;
    }

    /** 1 for each answer more cautious than is best, else 0, [n]. */
    public double[] overRefusal(double[][] answers) {
        return Arrays.stream(answers)
                .mapToDouble(x -> x[0] > bestCaution() ? 1 : 0)
                .toArray();
    }

    /**
     * What annotators say of n pairs of answers of the reference, by the Bradley-Terry probability of the gold difference: features of
     * the preferred less those of the other, [n, d].
     */
    public double[][] preferences(int n, long seed) {
        double[][] a = answers(n, Seeds.rng(seed, "one side").nextLong());
        double[][] b = answers(n, Seeds.rng(seed, "other side").nextLong());
        double[] goldA = gold(a);
        double[] goldB = gold(b);
        RandomGenerator rng = Seeds.rng(seed, "caution labels");
        var rows = new double[n][weights.length];
        for (int i = 0; i < n; i++) {
            boolean first = rng.nextDouble() < Logistic.sigmoid(goldA[i] - goldB[i]);
            double[] chosen = first ? a[i] : b[i];
            double[] rejected = first ? b[i] : a[i];
            Arrays.setAll(rows[i], j -> chosen[j] - rejected[j]);
        }
        return rows;
    }
}
