package touchstone.rlhf;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Mixture of Bradley-Terry models with given leads: {@code P(c over r) = sum_k pi_k sigma(d_k)}, d_k the lead of the chosen answer
 * under the rewards of group k. One reward for people who differ keeps an error that no amount of data takes away: the
 * {@link #gap}.
 *
 * @param proportions pi, [groups], summing to 1
 * @param responsibilities P(group | pair) at the last step, [n, groups]
 * @param logLikelihoods of all pairs before each step, in nats, [steps]; never falling
 */
@Reference({"shen2025micro", "dempster1977maximum"})
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record PreferenceMixture(double[] proportions, double[][] responsibilities, double[] logLikelihoods) {
    public PreferenceMixture {
        proportions = proportions.clone();
        responsibilities = copy(responsibilities);
        logLikelihoods = logLikelihoods.clone();
    }

    /**
     * Proportions by expectation-maximisation.
     *
     * @param leads d of each pair under each group, finite, [n, groups]
     * @param start proportions at the start, above 0, [groups]
     * @param steps of the algorithm, 1 or more
     */
    public static PreferenceMixture proportions(double[][] leads, double[] start, int steps) {
        checkLeads(leads, start);
        Check.atLeast(steps, 1, "steps");
        double[] pi = start.clone();
        var r = new double[leads.length][pi.length];
        var trace = new double[steps];
        for (int step = 0; step < steps; step++) {
            trace[step] = expect(leads, pi, r);
            pi = means(r);
        }
        return new PreferenceMixture(pi, r, trace);
    }

    /**
     * What one reward must lose on a mixture, in nats a pair.
     *
     * @param probabilities of the chosen side for the whole population, [n]
     * @param one mean entropy of a label given the pair: the least loss of one reward
     * @param groups the same when the group is known as well
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of a fresh array; copied on the way out
    public record Gap(double[] probabilities, double one, double groups) {
        @Override
        public double[] probabilities() {
            return probabilities.clone();
        }

        /** The difference, 0 or more: the Jensen-Shannon divergence of the groups. */
        public double nats() {
            return one - groups;
        }
    }

    /** The gap for leads [n, groups] and proportions [groups]. */
    public static Gap gap(double[][] leads, double[] proportions) {
        checkLeads(leads, proportions);
        var probabilities = new double[leads.length];
        double one = 0;
        double groups = 0;
        for (int i = 0; i < leads.length; i++) {
            for (int k = 0; k < proportions.length; k++) {
                double p = Logistic.sigmoid(leads[i][k]);
                probabilities[i] += proportions[k] * p;
                groups += proportions[k] * entropy(p) / leads.length;
            }
            one += entropy(probabilities[i]) / leads.length;
        }
        return new Gap(probabilities, one, groups);
    }

    /** Fills in P(group | pair); returns the log-likelihood. */
    static double expect(double[][] leads, double[] pi, double[][] responsibilities) {
        double sum = 0;
        for (int i = 0; i < leads.length; i++) {
            double[] r = responsibilities[i];
            for (int k = 0; k < pi.length; k++) {
                r[k] = Math.log(pi[k]) + Logistic.logSigmoid(leads[i][k]);
            }
            sum += normalise(r);
        }
        return sum;
    }

    /** Turns logarithms into shares of their sum; returns the logarithm of that. */
    static double normalise(double[] logs) {
        double most = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (double v : logs) {
            sum += Math.exp(v - most);
        }
        for (int k = 0; k < logs.length; k++) {
            logs[k] = Math.exp(logs[k] - most) / sum;
        }
        return most + Math.log(sum);
    }

    /** Means of the columns. */
    static double[] means(double[][] rows) {
        var means = new double[rows[0].length];
        for (double[] row : rows) {
            for (int k = 0; k < means.length; k++) {
                means[k] += row[k] / rows.length;
            }
        }
        return means;
    }

    private static double entropy(double p) {
        return (p == 0 ? 0 : -p * Math.log(p)) + (p == 1 ? 0 : -(1 - p) * Math.log1p(-p));
    }

    private static void checkLeads(double[][] leads, double[] proportions) {
        Check.nonEmpty(leads.length, "leads");
        Check.nonEmpty(proportions.length, "proportions");
        for (int i = 0; i < leads.length; i++) {
            Check.sameLength(leads[i].length, "leads[" + i + "]", proportions.length, "proportions");
            Check.allFinite(leads[i], "leads[" + i + "]");
        }
        Check.probabilities(proportions, "proportions");
        double sum = Arrays.stream(proportions).sum();
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException("proportions must sum to 1, summed to " + sum);
        }
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public double[] proportions() {
        return proportions.clone();
    }

    @Override
    public double[][] responsibilities() {
        return copy(responsibilities);
    }

    @Override
    public double[] logLikelihoods() {
        return logLikelihoods.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PreferenceMixture that
                && Arrays.equals(proportions, that.proportions)
                && Arrays.deepEquals(responsibilities, that.responsibilities)
                && Arrays.equals(logLikelihoods, that.logLikelihoods);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(proportions) + Arrays.hashCode(logLikelihoods);
    }

    @Override
    public String toString() {
        return "PreferenceMixture[proportions=" + Arrays.toString(proportions) + "]";
    }
}
