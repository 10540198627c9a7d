package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;

/**
 * A world that is known down to its probabilities: numbered states, a fixed number of steps, each prompt a state to start from. The
 * state shown is the vector of its number. {@link ExactObjective} computes what a policy is worth here without drawing.
 */
public final class TabularWorld implements Environment {
    private final double[][][] transitions;
    private final double[][] rewards;
    private final double[][] costs;
    private final int[] starts;
    private final int horizon;

    private TabularWorld(double[][][] transitions, double[][] rewards, double[][] costs, int[] starts, int horizon) {
        this.transitions = transitions;
        this.rewards = copy(rewards, "rewards");
        this.costs = copy(costs, "costs");
        this.starts = starts.clone();
        this.horizon = Check.atLeast(horizon, 1, "horizon");
        Check.sameLength(costs.length, "costs", rewards.length, "rewards");
        Check.nonEmpty(starts.length, "starts");
        for (int s = 0; s < rewards.length; s++) {
            Check.sameLength(costs[s].length, "costs[" + s + "]", actions(), "rewards[0]");
            Check.sameLength(rewards[s].length, "rewards[" + s + "]", actions(), "rewards[0]");
        }
        for (int i = 0; i < starts.length; i++) {
            Check.index(starts[i], rewards.length, "starts[" + i + "]");
        }
    }

    /** One step from each context: finite rewards and costs, [contexts, actions] each; every context is a prompt. */
    public static TabularWorld bandit(double[][] rewards, double[][] costs) {
        Check.nonEmpty(rewards.length, "rewards");
        int[] all = java.util.stream.IntStream.range(0, rewards.length).toArray();
        return new TabularWorld(new double[0][][], rewards, costs, all, 1);
    }

    /**
     * Episodes of a number of steps.
     *
     * @param transitions probabilities of the next state, [states, actions, states]
     * @param rewards of an action in a state, [states, actions]
     * @param costs likewise
     * @param starts states to start from, one a prompt
     * @param horizon steps an episode, 1 or more
     */
    public static TabularWorld episodes(
            double[][][] transitions, double[][] rewards, double[][] costs, int[] starts, int horizon) {
        Check.nonEmpty(rewards.length, "rewards");
        Check.sameLength(transitions.length, "transitions", rewards.length, "rewards");
        var next = new double[transitions.length][][];
        for (int s = 0; s < next.length; s++) {
            next[s] = copy(transitions[s], "transitions[" + s + "]");
            Check.sameLength(next[s].length, "transitions[" + s + "]", rewards[0].length, "rewards[0]");
            for (double[] law : next[s]) {
                Check.sameLength(law.length, "transitions[" + s + "][a]", next.length, "states");
                DiscretePolicy.checkLaw(law, "transitions[" + s + "][a]");
            }
        }
        return new TabularWorld(next, rewards, costs, starts, horizon);
    }

    private static double[][] copy(double[][] x, String name) {
        for (int i = 0; i < x.length; i++) {
            Check.allFinite(x[i], name + "[" + i + "]");
        }
        return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    }

    /** Number of states. */
    public int states() {
        return rewards.length;
    }

    /** Steps an episode. */
    public int horizon() {
        return horizon;
    }

    /** State that a prompt starts from. */
    int startOf(int prompt) {
        return starts[prompt];
    }

    double reward(int state, int action) {
        return rewards[state][action];
    }

    double cost(int state, int action) {
        return costs[state][action];
    }

    /** Probability of the next state; there is none to go to after a world of one step. */
    double probability(int state, int action, int next) {
        return horizon == 1 ? 0 : transitions[state][action][next];
    }

    @Override
    public int actions() {
        return rewards[0].length;
    }

    @Override
    public int prompts() {
        return starts.length;
    }

    @Override
    public Episode start(int prompt, RandomGenerator rng) {
        return new Walk(starts[prompt], rng);
    }

    private final class Walk implements Episode {
        private final RandomGenerator rng;
        private int state;
        private int t;

        Walk(int state, RandomGenerator rng) {
            this.state = state;
            this.rng = rng;
        }

        @Override
        public double[] state() {
            return new double[] {state};
        }

        @Override
        public Step step(int action) {
            double reward = rewards[state][action];
            double cost = costs[state][action];
            t++;
            if (t < horizon) {
                state = next(transitions[state][action]);
            }
            return Step.of(reward, cost, t == horizon);
        }

        private int next(double[] law) {
            double left = rng.nextDouble();
            int last = 0;
            for (int s = 0; s < law.length; s++) {
                last = law[s] > 0 ? s : last;
                left -= law[s];
                if (left < 0) {
                    return s;
                }
            }
            return last;
        }
    }
}
