package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.List;
import touchstone.util.Check;

/**
 * A batch of episodes with what they are worth to a learner. The priced signal of a step is {@code (w r_t - lambda c_t) / (1 +
 * lambda) - beta kl_t}: the price beta of leaving the reference stays the same however large lambda is. A discounted cost
 * comes as {@code gamma^t c_t}.
 */
public final class PolicyBatch {
    private final Rollout rollout;
    private final int answers;
    private final double[] weights;
    private final double lambda;
    private final double discount;
    private final KlPenalty kl;
    private final double[] reference;

    /**
     * A batch.
     *
     * @param reference log-probabilities of all steps under the reference, [steps]; empty where nothing is charged for leaving it
     */
    PolicyBatch(Rollout rollout, int answers, double[] weights, Terms terms, double[] reference) {
        this.rollout = rollout;
        this.answers = answers;
        this.weights = weights.clone();
        this.lambda = terms.lambda();
        this.discount = terms.discount();
        this.kl = terms.kl();
        this.reference = reference.clone();
    }

    /** Prices: lambda of a cost, its discount a step, and the penalty of the divergence. */
    record Terms(double lambda, double discount, KlPenalty kl) {}

    /** The episodes, group after group: those of one prompt lie side by side. */
    public List<Rollout.Played> episodes() {
        return rollout.episodes();
    }

    /** The same with their steps laid out. */
    public Rollout rollout() {
        return rollout;
    }

    /** Episodes a group. */
    public int answers() {
        return answers;
    }

    /** Price of the cost, 0 or more. */
    public double lambda() {
        return lambda;
    }

    /** Weights of the objectives, [objectives]. */
    public double[] weights() {
        return weights.clone();
    }

    /** Rewards of each step, weighted and summed, less what is charged off the reward for the divergence: [episodes][steps]. */
    public double[][] rewards() {
        double[][] charge = charges();
        var result = new double[episodes().size()][];
        for (int i = 0; i < result.length; i++) {
            Rollout.Played e = episodes().get(i);
            result[i] = new double[e.steps()];
            for (int t = 0; t < e.steps(); t++) {
                for (int k = 0; k < weights.length; k++) {
                    result[i][t] += weights[k] * e.rewards()[t][k];
                }
                result[i][t] -= charge[i][t];
            }
        }
        return result;
    }

    /** Costs of each step, discounted, plus the same charge: [episodes][steps]. */
    public double[][] costs() {
        double[][] result = charges();
        for (int i = 0; i < result.length; i++) {
            double weight = 1;
            for (int t = 0; t < result[i].length; t++) {
                result[i][t] += weight * episodes().get(i).costs()[t];
                weight *= discount;
            }
        }
        return result;
    }

    /** The priced signal of each step, {@code (rewards - lambda costs) / (1 + lambda)} of the two above: [episodes][steps]. */
    public double[][] signal() {
        double[][] result = rewards();
        double[][] costs = costs();
        for (int i = 0; i < result.length; i++) {
            result[i] = LagrangeMultiplier.mix(result[i], costs[i], lambda);
        }
        return result;
    }

    /** What each step is charged off its reward for the divergence. */
    private double[][] charges() {
        int at = 0;
        var result = new double[episodes().size()][];
        for (int i = 0; i < result.length; i++) {
            Rollout.Played e = episodes().get(i);
            result[i] = new double[e.steps()];
            for (int t = 0; t < e.steps() && kl.charges(KlPenalty.Place.REWARD); t++) {
                result[i][t] = kl.coefficient() * kl.estimator().of(e.logP()[t], reference[at++]);
            }
        }
        return result;
    }

    /** What is charged off the rewards of each whole episode for the divergence, [episodes]. */
    double[] episodeCharges() {
        return Arrays.stream(charges()).mapToDouble(c -> Arrays.stream(c).sum()).toArray();
    }

    /** Cost of each episode as it is priced, without the charge, [episodes]. */
    double[] episodeCosts() {
        return rollout.costs(discount);
    }

    /**
     * Adds the slope of the divergence's term of the loss, where there is one.
     *
     * @param slope of the loss, to which {@code coefficient / over} times the estimator's slope is added, [n]
     * @param logP of the actions now, [n]
     * @param steps numbers of the steps in the batch, [n]
     * @param over what the sum over steps is divided by
     */
    void addLossTerm(double[] slope, double[] logP, int[] steps, double over) {
        for (int i = 0; i < slope.length && kl.charges(KlPenalty.Place.LOSS); i++) {
            slope[i] += kl.coefficient() * kl.estimator().slope(logP[i], reference[steps[i]]) / over;
        }
    }

    /** Numbers of an array [episodes][steps] one after the other, [steps of all]. */
    static double[] flat(double[][] byEpisode) {
        return Arrays.stream(byEpisode).flatMapToDouble(Arrays::stream).toArray();
    }

    /** One number an episode, repeated for each of its steps, [steps of all]. */
    double[] spread(double[] perEpisode) {
        Check.sameLength(perEpisode.length, "perEpisode", episodes().size(), "episodes");
        var result = new double[rollout.actions().length];
        int at = 0;
        for (int i = 0; i < perEpisode.length; i++) {
            int steps = episodes().get(i).steps();
            Arrays.fill(result, at, at + steps, perEpisode[i]);
            at += steps;
        }
        return result;
    }
}
