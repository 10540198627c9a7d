package touchstone.rlhf.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The price lambda of a constraint {@code J_C <= limit} while a policy is trained on {@code J_R - lambda J_C}. Give {@link #update} the
 * cost of each batch of episodes: the undiscounted mean cost an episode, in the unit of the limit. A discounted return needs a
 * limit of its own: at discount gamma, a cost of c a step for T steps adds up to {@code c (1 - gamma^T) / (1 - gamma)}, not c T.
 *
 * <p>A limit of 0 is legal: nothing divides by it. With costs that are never negative it allows no harm at all, so that
 * lambda never falls; {@link #stuck} then tells.
 */
@Reference({"dai2024safe", "stooke2020responsive"})
public final class LagrangeMultiplier {
    private final Options options;
    private final LagrangeRule.Stepper rule;
    private final Deque<Double> recent = new ArrayDeque<>();
    private int updates;
    private int aboveInARow;

    private LagrangeMultiplier(LagrangeRule rule, Options options) {
        this.options = options;
        this.rule = rule.start();
        if (!(this.rule.value() <= options.cap)) {
            throw new IllegalArgumentException(
                    "the first multiplier must be at most cap, were " + this.rule.value() + " and " + options.cap);
        }
    }

    /**
     * What the rules share.
     *
     * @param limit the largest mean cost allowed; may be negative for a cost model whose 0 is the border of safety
     * @param cap the largest multiplier, above 0; infinite for none
     * @param delay updates at the start that change nothing, 0 or more
     * @param window costs whose mean is compared with the limit, the latest ones, 1 or more
     */
    public record Options(double limit, double cap, int delay, int window) {
        public Options {
            Check.finite(limit, "limit");
            if (!(cap > 0)) {
                throw new IllegalArgumentException("cap must be above 0, was " + cap);
            }
            Check.atLeast(delay, 0, "delay");
            Check.atLeast(window, 1, "window");
        }

        /** No cap, no delay, the latest cost alone. */
        public static Options limit(double most) {
            return new Options(most, Double.POSITIVE_INFINITY, 0, 1);
        }

        public Options withCap(double c) {
            return new Options(limit, c, delay, window);
        }

        public Options withDelay(int d) {
            return new Options(limit, cap, d, window);
        }

        public Options withWindow(int w) {
            return new Options(limit, cap, delay, w);
        }
    }

    /** A multiplier at its start. */
    public static LagrangeMultiplier of(LagrangeRule rule, Options options) {
        return new LagrangeMultiplier(rule, options);
    }

    /** The multiplier now, in [0, cap]. */
    public double value() {
        return rule.value();
    }

    /** Mean of the costs in the window, the limit before the first. */
    public double cost() {
        return recent.stream().mapToDouble(c -> c).average().orElse(options.limit);
    }

    /** Takes in the mean cost of a batch; returns the new multiplier. */
    public double update(double cost) {
        Check.finite(cost, "cost");
        recent.addLast(cost);
        if (recent.size() > options.window) {
            recent.removeFirst();
        }
        updates++;
        double excess = cost() - options.limit;
        aboveInARow = excess > 0 ? aboveInARow + 1 : 0;
        if (updates > options.delay) {
            rule.step(excess, options.cap);
        }
        return value();
    }

    /** Whether the cost has been above the limit for this many updates up to now: a limit that nobody can meet looks so. */
    public boolean stuck(int inARow) {
        Check.atLeast(inARow, 1, "inARow");
        return aboveInARow >= inARow;
    }

    /**
     * The advantage that a constrained policy follows, {@code (A_r - lambda A_c) / (1 + lambda)}: bounded however large lambda is.
     *
     * @param reward advantages of the reward, [n]
     * @param cost advantages of the cost, [n]
     */
    public double[] mix(double[] reward, double[] cost) {
        return mix(reward, cost, value());
    }

    /** The same at a given lambda, 0 or more. */
    public static double[] mix(double[] reward, double[] cost, double lambda) {
        Check.sameLength(reward.length, "reward", cost.length, "cost");
        Check.allFinite(reward, "reward");
        Check.allFinite(cost, "cost");
        Check.notNegative(lambda, "lambda");
        var result = new double[reward.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (reward[i] - lambda * cost[i]) / (1 + lambda);
        }
        return result;
    }
}
