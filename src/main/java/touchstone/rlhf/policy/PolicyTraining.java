package touchstone.rlhf.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Trains a policy on its own episodes: each iteration draws prompts, plays {@link PolicyLearner#answers} episodes from each and
 * hands them to the learner. Equal seeds give the same bits, for any number of threads.
 *
 * @param learner the method
 * @param descent how steps are taken
 * @param kl what leaving the reference costs
 * @param iterations batches, 1 or more
 * @param prompts drawn for each batch, with replacement, 1 or more
 * @param seed of prompts, episodes and the order of minibatches
 */
public record PolicyTraining(
        PolicyLearner learner, PolicyDescent.Options descent, KlPenalty kl, int iterations, int prompts, long seed) {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyTraining.class);

    public PolicyTraining {
        Check.atLeast(iterations, 1, "iterations");
        Check.atLeast(prompts, 1, "prompts");
    }

    /** A learner with Adam at 0.05, no price on the divergence, 100 batches of 64 prompts, seed 1. */
    public static PolicyTraining of(PolicyLearner learner) {
        return new PolicyTraining(learner, PolicyDescent.Options.adam(0.05), KlPenalty.none(), 100, 64, 1);
    }

    public PolicyTraining withDescent(PolicyDescent.Options d) {
        return new PolicyTraining(learner, d, kl, iterations, prompts, seed);
    }

    public PolicyTraining withKl(KlPenalty penalty) {
        return new PolicyTraining(learner, descent, penalty, iterations, prompts, seed);
    }

    public PolicyTraining withIterations(int count) {
        return new PolicyTraining(learner, descent, kl, count, prompts, seed);
    }

    public PolicyTraining withPrompts(int count) {
        return new PolicyTraining(learner, descent, kl, iterations, count, seed);
    }

    public PolicyTraining withSeed(long s) {
        return new PolicyTraining(learner, descent, kl, iterations, prompts, s);
    }

    /**
     * What a training gave.
     *
     * @param policy at the end, frozen
     * @param history a row an iteration
     */
    public record Result(SoftmaxPolicy policy, TrainingHistory history) {}

    /** What a constraint does in the loop. */
    interface Pricing {
        /** Price of the cost in the next update, 0 or more. */
        double lambda();

        /** Discount of the cost a step. */
        double discount();

        /** Takes in the costs of the episodes just played, before they are learnt from; false ends the training. */
        boolean observe(double[] costs);
    }

    private static final Pricing FREE = new Pricing() {
        @Override
        public double lambda() {
            return 0;
        }

        @Override
        public double discount() {
            return 1;
        }

        @Override
        public boolean observe(double[] costs) {
            return true;
        }
    };

    /**
     * Trains a copy of a policy, which is the reference as well; costs are recorded and otherwise left alone.
     *
     * @param weights of the objectives, finite, [objectives]; none means all 1
     */
    public Result fit(Environment world, SoftmaxPolicy start, double... weights) {
        return fit(world, start, start, weights);
    }

    /** The same against a reference of your own. */
    public Result fit(Environment world, SoftmaxPolicy start, Policy reference, double... weights) {
        return fit(world, start, reference, weights, FREE);
    }

    Result fit(Environment world, SoftmaxPolicy start, Policy reference, double[] weights, Pricing pricing) {
        Check.allFinite(weights, "weights");
        double[] w = weights.length == 0 ? ones(world.objectives()) : weights.clone();
        Check.sameLength(w.length, "weights", world.objectives(), "objectives");
        PolicyDescent policy = PolicyDescent.of(start, descent);
        PolicyLearner.Update update = learner.start(start, seed);
        var rows = new ArrayList<TrainingHistory.Iteration>();
        KlPenalty penalty = kl;
        for (int i = 0; i < iterations; i++) {
            int[] from = draw(world.prompts(), i);
            Rollout rollout = Rollout.of(world, policy, from, seed, (long) i * from.length);
            boolean more = pricing.observe(rollout.costs(pricing.discount()));
            var terms = new PolicyBatch.Terms(pricing.lambda(), pricing.discount(), penalty);
            double[][] all = reference.logProbs(rollout.states());
            rows.add(row(rollout, policy, all, w, terms));
            LOG.debug("iteration {} of {}: {}", i + 1, iterations, rows.get(i));
            if (!more) {
                break;
            }
            update.apply(policy, new PolicyBatch(rollout, learner.answers(), w, terms, taken(all, rollout)), i);
            penalty = penalty.after(rows.get(i).divergence(), from.length);
        }
        return new Result(policy.snapshot(), new TrainingHistory(rows));
    }

    /** Prompts of a batch, each {@code answers} times in a row. */
    private int[] draw(int size, int iteration) {
        RandomGenerator rng = Seeds.rng(seed, "prompts", iteration);
        int answers = learner.answers();
        var result = new int[prompts * answers];
        for (int g = 0; g < prompts; g++) {
            Arrays.fill(result, g * answers, (g + 1) * answers, rng.nextInt(size));
        }
        return result;
    }

    private static double[] taken(double[][] logP, Rollout rollout) {
        int[] actions = rollout.actions();
        var result = new double[actions.length];
        Arrays.setAll(result, i -> logP[i][actions[i]]);
        return result;
    }

    private static TrainingHistory.Iteration row(
            Rollout rollout, Policy policy, double[][] reference, double[] weights, PolicyBatch.Terms terms) {
        double[][] logP = policy.logProbs(rollout.states());
        double divergence = 0;
        double entropy = 0;
        for (int i = 0; i < logP.length; i++) {
            divergence += Policy.divergence(logP[i], reference[i]);
            entropy += Policy.entropy(logP[i]);
        }
        List<Double> objectives = new ArrayList<>();
        double reward = 0;
        for (int k = 0; k < weights.length; k++) {
            objectives.add(Arrays.stream(rollout.rewards(k)).average().orElseThrow());
            reward += weights[k] * objectives.get(k);
        }
        double cost = Arrays.stream(rollout.costs(terms.discount())).average().orElseThrow();
        return new TrainingHistory.Iteration(
                reward,
                objectives,
                cost,
                terms.lambda(),
                divergence / rollout.episodes().size(),
                terms.kl().coefficient(),
                entropy / logP.length);
    }

    private static double[] ones(int n) {
        var result = new double[n];
        Arrays.fill(result, 1);
        return result;
    }
}
