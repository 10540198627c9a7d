package touchstone.rlhf.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import touchstone.stats.Interval;
import touchstone.stats.MeanInterval;
import touchstone.stats.Moments;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Trains a policy for reward under a limit on its cost: {@code max J_R subject to J_C <= limit}, by the price of a {@link
 * LagrangeMultiplier} that is updated before each step of the learner.
 *
 * <p>J_C is the mean over episodes of {@code sum_t gamma^t c_t}. With gamma 1, the default, it is the undiscounted cost of an
 * episode and the limit is in that unit; with gamma below 1 late costs count less, and a policy that keeps such a limit may exceed
 * the same number undiscounted. Costs are worse when higher, so a limit is an upper one and may be negative. Where no cost can be
 * negative, a limit of 0 is kept only by a policy without any cost: excesses are never negative, their sum never falls, and the verdict
 * says so.
 *
 * <p>Differs from Safe RLHF: the learner is any {@link PolicyLearner}, not PPO alone.
 *
 * @param training learner, steps and length
 * @param rule how the multiplier answers
 * @param limit with its finite cap, delay and window
 * @param discount gamma of the cost a step, in [0, 1]
 * @param measure what the multiplier sees of the costs of a batch
 * @param patience updates in a row above the limit, at the cap, after which training is given up; 1 or more
 */
@Reference({"dai2024safe", "chittepu2025reinforcement"})
public record ConstrainedPolicyOptimizer(
        PolicyTraining training,
        LagrangeRule rule,
        LagrangeMultiplier.Options limit,
        double discount,
        Measure measure,
        int patience) {
    private static final int FRESH = 2000;

    /** What the multiplier compares with the limit, from the costs of the episodes of a batch. */
    @FunctionalInterface
    public interface Measure {
        /** One number, in the unit of the limit, for costs [n]. */
        double of(double[] costs);

        /** The mean. */
        static Measure mean() {
            return Moments::mean;
        }
    }

    public ConstrainedPolicyOptimizer {
        Check.probability(discount, "discount");
        Check.atLeast(patience, 1, "patience");
        if (limit.cap() == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "the multiplier's cap must be finite, or a limit that nobody can meet would"
                            + " raise it for ever; was Infinity");
        }
    }

    /**
     * A rule of kp = 1 and ki = 0.05 per unit of cost, cap 100, undiscounted costs, patience of 50 updates. Plain ascent (kp = 0)
     * swings about the limit: by the time the cost is right the multiplier has overshot.
     */
    public static ConstrainedPolicyOptimizer of(PolicyTraining training, double limit) {
        return new ConstrainedPolicyOptimizer(
                training,
                new LagrangeRule.Pid(1, 0.05, 0),
                LagrangeMultiplier.Options.limit(limit).withCap(100),
                1,
                Measure.mean(),
                50);
    }

    public ConstrainedPolicyOptimizer withTraining(PolicyTraining t) {
        return new ConstrainedPolicyOptimizer(t, rule, limit, discount, measure, patience);
    }

    public ConstrainedPolicyOptimizer withRule(LagrangeRule r) {
        return new ConstrainedPolicyOptimizer(training, r, limit, discount, measure, patience);
    }

    public ConstrainedPolicyOptimizer withLimit(LagrangeMultiplier.Options l) {
        return new ConstrainedPolicyOptimizer(training, rule, l, discount, measure, patience);
    }

    public ConstrainedPolicyOptimizer withDiscount(double gamma) {
        return new ConstrainedPolicyOptimizer(training, rule, limit, gamma, measure, patience);
    }

    public ConstrainedPolicyOptimizer withMeasure(Measure m) {
        return new ConstrainedPolicyOptimizer(training, rule, limit, discount, m, patience);
    }

    public ConstrainedPolicyOptimizer withPatience(int updates) {
        return new ConstrainedPolicyOptimizer(training, rule, limit, discount, measure, updates);
    }

    /**
     * What a constrained training gave.
     *
     * @param policy at the end, frozen; not one to give out unless the verdict is MET, and see {@code SafetyTest} for that
     * @param history a row an iteration
     * @param verdict from 2,000 fresh episodes of the policy at the end
     */
    public record Result(SoftmaxPolicy policy, TrainingHistory history, ConstraintVerdict verdict) {}

    /** Trains a copy of a policy, which is the reference as well. Weights of the objectives; none means all 1. */
    public Result fit(Environment world, SoftmaxPolicy start, double... weights) {
        return fit(world, start, start, weights);
    }

    /** The same against a reference of your own. */
    public Result fit(Environment world, SoftmaxPolicy start, Policy reference, double... weights) {
        var loop = new Loop();
        PolicyTraining.Result trained = training.fit(world, start, reference, weights, loop);
        return new Result(trained.policy(), trained.history(), verdict(world, trained.policy(), loop));
    }

    /** The training alone, without the fresh episodes of a verdict: for candidates that a test of their own will judge. */
    public PolicyTraining.Result candidate(Environment world, SoftmaxPolicy start, double... weights) {
        return training.fit(world, start, start, weights, new Loop());
    }

    /** The verdict on any policy, by fresh episodes alone. */
    public ConstraintVerdict check(Environment world, Policy policy) {
        return verdict(world, policy, new Loop());
    }

    private ConstraintVerdict verdict(Environment world, Policy policy, Loop loop) {
        double[] costs = Rollout.sample(world, policy, FRESH, training.seed()).costs(discount);
        Interval mean = MeanInterval.of(costs);
        double most = limit.limit();
        var outcome = loop.gaveUp
                ? ConstraintVerdict.Outcome.NO_POLICY_FOUND
                : mean.upper() <= most
                        ? ConstraintVerdict.Outcome.MET
                        : mean.lower() > most ? ConstraintVerdict.Outcome.NOT_MET : ConstraintVerdict.Outcome.UNDECIDED;
        double lowest = Math.min(loop.lowest, Arrays.stream(costs).min().orElseThrow());
        double least = Math.min(loop.least, mean.estimate());
        return new ConstraintVerdict(outcome, mean, most, least, loop.updates, warnings(most, lowest));
    }

    private static List<String> warnings(double most, double lowest) {
        var result = new ArrayList<String>();
        if (most == lowest) {
            result.add(
                    "the limit " + most + " is the least cost of any episode seen: only a policy all of whose episodes"
                            + " cost that keeps it, and the sum of excesses never falls");
        } else if (most < lowest) {
            result.add(String.format(
                    Locale.ROOT,
                    "the limit %s is below the least cost of any episode seen, %.4g; costs are worse when higher, so check the"
                            + " limit's sign and unit",
                    most,
                    lowest));
        }
        return result;
    }

    private final class Loop implements PolicyTraining.Pricing {
        private final LagrangeMultiplier multiplier = LagrangeMultiplier.of(rule, limit);
        private double least = Double.POSITIVE_INFINITY;
        private double lowest = Double.POSITIVE_INFINITY;
        private int atCap;
        private int updates;
        private boolean gaveUp;

        @Override
        public double lambda() {
            return multiplier.value();
        }

        @Override
        public double discount() {
            return discount;
        }

        @Override
        public boolean observe(double[] costs) {
            least = Math.min(least, Moments.mean(costs));
            lowest = Math.min(lowest, Arrays.stream(costs).min().orElseThrow());
            multiplier.update(measure.of(costs));
            updates++;
            boolean high = multiplier.value() >= limit.cap() * (1 - 1e-12); // log-space comes to the cap by rounding
            atCap = high && multiplier.stuck(1) ? atCap + 1 : 0;
            gaveUp = atCap >= patience;
            return !gaveUp;
        }
    }
}
