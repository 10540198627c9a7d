package touchstone.rlhf;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * A mixture of Bradley-Terry models whose shares depend on a context, {@code P(c over r | x) = sum_k g_k(x) sigma(w_k
 * . d)} with {@code g(x) = softmax(V x)}: the first stage of MiCRo. The context says who is likely to ask, before a
 * single choice is seen; {@link HedgeRouter} goes on from there.
 *
 * <p>Learnt by expectation-maximisation, which never lowers the penalised likelihood. Differs from the paper: linear
 * rewards and a linear gate instead of heads of a language model.
 *
 * @param groups number of groups K, 1 or more
 * @param l2 weight of the penalties of rewards and gate, above 0
 * @param steps of the algorithm at most, 1 or more
 * @param restarts random starts, 1 or more; the best likelihood after 20 steps goes on
 * @param seed of the starts
 */
@Reference({"shen2025micro", "jacobs1991adaptive"})
public record ContextMixtureModel(int groups, double l2, int steps, int restarts, long seed) {
    public ContextMixtureModel {
        Check.atLeast(groups, 1, "groups");
        Check.positive(l2, "l2");
        Check.atLeast(steps, 1, "steps");
        Check.atLeast(restarts, 1, "restarts");
    }

    /** l2 = 0.001, 200 steps, 4 starts, seed 1. */
    public static ContextMixtureModel of(int groups) {
        return new ContextMixtureModel(groups, 1e-3, 200, 4, 1);
    }

    public ContextMixtureModel withL2(double penalty) {
        return new ContextMixtureModel(groups, penalty, steps, restarts, seed);
    }

    public ContextMixtureModel withSeed(long s) {
        return new ContextMixtureModel(groups, l2, steps, restarts, s);
    }

    /**
     * A fitted mixture.
     *
     * @param weights of each group's reward, [groups, d]; the groups are in falling order of their mean share
     * @param gate V, the scores of the groups by the context, [groups, c]
     * @param objectives penalised log-likelihood before each step, in nats, [steps]; never falling
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone; copied on the way out
    public record Fitted(double[][] weights, double[][] gate, double[] objectives) {
        /** Shares of the groups in a context [c]. */
        public double[] shares(double[] context) {
            Check.sameLength(context.length, "context", gate[0].length, "gate[0]");
            Check.allFinite(context, "context");
            return Arrays.stream(LinearGate.logShares(gate, context))
                    .map(Math::exp)
                    .toArray();
        }

        /** Leads of a pair under each group, from the difference of the answers' features [d]. */
        public double[] leads(double[] difference) {
            Check.sameLength(difference.length, "difference", weights[0].length, "weights[0]");
            return Arrays.stream(weights)
                    .mapToDouble(w -> LinearGate.dot(w, difference))
                    .toArray();
        }

        /** Probability that somebody in this context prefers the first answer. */
        public double probability(double[] context, double[] difference) {
            double[] g = shares(context);
            double[] leads = leads(difference);
            double sum = 0;
            for (int k = 0; k < g.length; k++) {
                sum += g[k] * Logistic.sigmoid(leads[k]);
            }
            return sum;
        }

        /** A router for somebody new in this context: Bayes' rule from the gate's shares. */
        public HedgeRouter router(double[] context) {
            double[] g = shares(context);
            double sum = Arrays.stream(g).sum(); // 1 up to rounding
            return new HedgeRouter(Arrays.stream(g).map(s -> s / sum).toArray(), 1);
        }

        @Override
        public double[][] weights() {
            return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
        }

        @Override
        public double[][] gate() {
            return Arrays.stream(gate).map(double[]::clone).toArray(double[][]::new);
        }

        @Override
        public double[] objectives() {
            return objectives.clone();
        }
    }

    /**
     * Fits to pairs, each with its context, as in the paper.
     *
     * @param differences features of the chosen less those of the rejected answer, [n, d]
     * @param contexts features of each prompt, finite, [n, c]; give a constant feature for a share of its own
     */
    public Fitted fit(double[][] differences, double[][] contexts) {
        return fit(differences, IntStream.range(0, differences.length).toArray(), contexts);
    }

    /**
     * Fits to pairs whose annotators are known; the pairs of one annotator share a group.
     *
     * @param differences features of the chosen less those of the rejected answer, [n, d]
     * @param annotators who gave each pair, 0 to people - 1, [n]
     * @param contexts of the annotators, finite, [people, c]
     */
    public Fitted fit(double[][] differences, int[] annotators, double[][] contexts) {
        MixtureFit fit = MixtureFit.of(differences, annotators, groups, l2);
        double[][] ordered = byAppearance(fit, annotators, contexts);
        MixtureFit.Result best = fit.best(LinearGate.uniform(ordered, groups, l2), steps, restarts, seed);
        int[] order = best.order(fit.people());
        double[][] v = ((LinearGate) best.gate()).weights();
        return new Fitted(
                Arrays.stream(order).mapToObj(k -> best.weights()[k]).toArray(double[][]::new),
                Arrays.stream(order).mapToObj(k -> v[k]).toArray(double[][]::new),
                best.objectives());
    }

    private static double[][] byAppearance(MixtureFit fit, int[] annotators, double[][] contexts) {
        int[] owner = fit.owner();
        var ordered = new double[fit.people()][];
        for (int i = 0; i < owner.length; i++) {
            int person = Check.index(annotators[i], contexts.length, "annotators[" + i + "]");
            Check.sameLength(contexts[person].length, "contexts[" + person + "]", contexts[0].length, "contexts[0]");
            Check.allFinite(contexts[person], "contexts[" + person + "]");
            ordered[owner[i]] = contexts[person].clone();
        }
        return ordered;
    }
}
