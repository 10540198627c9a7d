package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Proximal policy optimisation: generalised advantages from a value function, then several passes under the clipped loss. Under a
 * constraint the cost has a value function of its own, and the advantages are mixed, {@code (A_r - lambda A_c) / (1 + lambda)}, as
 * in Safe RLHF.
 *
 * <p>Follows the paper without value clipping. Mixed advantages are centred and scaled over the batch if wanted, as most
 * implementations do; the value functions have layers of their own in the policy's shape.
 *
 * @param passes over a batch
 * @param advantage discount and trust in the values
 * @param valueRate learning rate of the value functions (Adam), above 0
 * @param whiten whether advantages are centred and scaled over the batch
 */
@Reference({"schulman2017proximal", "dai2024safe"})
public record Ppo(ClippedEpochs passes, GeneralizedAdvantage advantage, double valueRate, boolean whiten)
        implements PolicyLearner {
    private static final double LEAST = 1e-8; // a batch without spread keeps advantages of 0

    public Ppo {
        Check.positive(valueRate, "valueRate");
    }

    /** Four passes in minibatches of 64 steps, gamma 1, lambda 0.95, value rate 0.01, whitened. */
    public static Ppo defaults() {
        return new Ppo(ClippedEpochs.defaults(), GeneralizedAdvantage.defaults(), 0.01, true);
    }

    public Ppo withPasses(ClippedEpochs p) {
        return new Ppo(p, advantage, valueRate, whiten);
    }

    public Ppo withAdvantage(GeneralizedAdvantage a) {
        return new Ppo(passes, a, valueRate, whiten);
    }

    public Ppo withValueRate(double rate) {
        return new Ppo(passes, advantage, rate, whiten);
    }

    public Ppo withWhiten(boolean on) {
        return new Ppo(passes, advantage, valueRate, on);
    }

    @Override
    public int answers() {
        return 1;
    }

    @Override
    public Update start(SoftmaxPolicy start, long seed) {
        var reward = new Critic(start, valueRate);
        var cost = new Critic(start, valueRate);
        return (policy, batch, iteration) -> {
            double[][] states = batch.rollout().states();
            double[] valueOfReward = reward.values(states);
            double[] valueOfCost = cost.values(states);
            double[] a = advantages(batch, batch.rewards(), valueOfReward);
            double[] b = advantages(batch, batch.costs(), valueOfCost);
            double[] mixed = LagrangeMultiplier.mix(a, b, batch.lambda());
            long order = Seeds.rng(seed, "ppo", iteration).nextLong();
            passes.run(policy, batch, whiten ? whitened(mixed) : mixed, order, steps -> {
                double[][] at = ClippedEpochs.rows(states, steps);
                reward.step(at, ClippedEpochs.pick(sum(a, valueOfReward), steps));
                cost.step(at, ClippedEpochs.pick(sum(b, valueOfCost), steps));
            });
        };
    }

    /** Advantages of all steps, [steps], from a signal [episodes][steps] and values [steps]. */
    private double[] advantages(PolicyBatch batch, double[][] signal, double[] values) {
        var result = new double[signal.length][];
        int at = 0;
        for (int i = 0; i < signal.length; i++) {
            int steps = batch.episodes().get(i).steps();
            result[i] = advantage.of(signal[i], java.util.Arrays.copyOfRange(values, at, at + steps));
            at += steps;
        }
        return PolicyBatch.flat(result);
    }

    private static double[] sum(double[] a, double[] b) {
        var result = new double[a.length];
        java.util.Arrays.setAll(result, i -> a[i] + b[i]);
        return result;
    }

    private static double[] whitened(double[] x) {
        var spread = new Spread().add(x);
        double mean = spread.mean();
        double over = spread.deviation() + LEAST;
        return java.util.Arrays.stream(x).map(v -> (v - mean) / over).toArray();
    }
}
