package touchstone.rlhf;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Linear rewards of several groups of people, learnt from their pairs without knowing who belongs to which: a mixture
 * of Bradley-Terry models by expectation-maximisation, which never lowers the penalised likelihood {@code sum_a log
 * sum_k pi_k prod_{i of a} sigma(w_k . d_i) - n l2 / 2 sum_k |w_k|^2}. The product runs over the pairs of one
 * annotator: pairs of the same hand share a group, which is what makes small groups visible.
 *
 * <p>Differs from the paper: linear rewards, and proportions that do not depend on the prompt; {@link
 * ContextMixtureModel} has those that do, and {@link HedgeRouter} is the second stage.
 *
 * @param groups number of groups K, 1 or more
 * @param l2 weight of the penalty, above 0
 * @param steps of the algorithm at most, 1 or more
 * @param restarts random starts, 1 or more; the best likelihood after 20 steps goes on
 * @param seed of the starts
 */
@Reference({"shen2025micro", "dempster1977maximum"})
public record MixtureRewardModel(int groups, double l2, int steps, int restarts, long seed) {
    public MixtureRewardModel {
        Check.atLeast(groups, 1, "groups");
        Check.positive(l2, "l2");
        Check.atLeast(steps, 1, "steps");
        Check.atLeast(restarts, 1, "restarts");
    }

    /** l2 = 0.001, 200 steps, 4 starts, seed 1. */
    public static MixtureRewardModel of(int groups) {
        return new MixtureRewardModel(groups, 1e-3, 200, 4, 1);
    }

    public MixtureRewardModel withL2(double penalty) {
        return new MixtureRewardModel(groups, penalty, steps, restarts, seed);
    }

    public MixtureRewardModel withSeed(long s) {
        return new MixtureRewardModel(groups, l2, steps, restarts, s);
    }

    /**
     * A fitted mixture.
     *
     * @param weights of each group's reward, [groups, d]; the groups are in falling order of their share
     * @param proportions of the groups among annotators, [groups]
     * @param objectives penalised log-likelihood before each step, in nats, [steps]; never falling
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone; copied on the way out
    public record Fitted(double[][] weights, double[] proportions, double[] objectives) {
        /** Leads of a pair under each group, from the difference of the answers' features [d]. */
        public double[] leads(double[] difference) {
            Check.sameLength(difference.length, "difference", weights[0].length, "weights[0]");
            return Arrays.stream(weights)
                    .mapToDouble(w -> LinearGate.dot(w, difference))
                    .toArray();
        }

        /** Probability that a person of unknown group prefers the first answer. */
        public double probability(double[] difference) {
            double[] leads = leads(difference);
            double sum = 0;
            for (int k = 0; k < leads.length; k++) {
                sum += proportions[k] * Logistic.sigmoid(leads[k]);
            }
            return sum;
        }

        @Override
        public double[][] weights() {
            return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
        }

        @Override
        public double[] proportions() {
            return proportions.clone();
        }

        @Override
        public double[] objectives() {
            return objectives.clone();
        }
    }

    /** Fits to pairs of unknown annotators, each its own; feature differences [n, d]. */
    public Fitted fit(double[][] differences) {
        return fit(differences, IntStream.range(0, differences.length).toArray());
    }

    /**
     * Fits to pairs whose annotators are known.
     *
     * @param differences features of the chosen less those of the rejected answer, [n, d]
     * @param annotators who gave each pair, any number for each, [n]
     */
    public Fitted fit(double[][] differences, int[] annotators) {
        MixtureFit fit = MixtureFit.of(differences, annotators, groups, l2);
        var none = new MixtureFit.Proportions(new double[groups]);
        MixtureFit.Result best = fit.best(none, steps, restarts, seed);
        int[] order = best.order(fit.people());
        double[] logs = best.gate().logShares(0);
        return new Fitted(
                Arrays.stream(order).mapToObj(k -> best.weights()[k]).toArray(double[][]::new),
                Arrays.stream(order).mapToDouble(k -> Math.exp(logs[k])).toArray(),
                best.objectives());
    }
}
