package touchstone.rlhf.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Episodes that a policy played. All of them go forward together, a step at a time, each with random numbers of its own.
 *
 * @param episodes [n]
 */
public record Rollout(List<Played> episodes) {
    /** Longest episode taken, in steps; a world that never ends is an error. */
    public static final int MOST_STEPS = 100_000;

    public Rollout {
        episodes = List.copyOf(episodes);
    }

    /**
     * An episode of t steps.
     *
     * @param prompt it started from
     * @param states before each action, [t, d]
     * @param actions [t]
     * @param logP of the actions under the policy that played, [t]
     * @param rewards [t, objectives]
     * @param costs [t]
     */
    @SuppressWarnings("ArrayRecordComponent") // a batch of training data, made by this class alone; not changed after
    public record Played(
            int prompt, double[][] states, int[] actions, double[] logP, double[][] rewards, double[] costs) {
        public int steps() {
            return actions.length;
        }

        /** Sum of one reward over the episode. */
        public double reward(int objective) {
            return Arrays.stream(rewards).mapToDouble(r -> r[objective]).sum();
        }

        /** {@code sum_t gamma^t c_t}; gamma 1 is the undiscounted cost of the episode. */
        public double cost(double gamma) {
            double sum = 0;
            double weight = 1;
            for (double c : costs) {
                sum += weight * c;
                weight *= gamma;
            }
            return sum;
        }
    }

    /**
     * Plays an episode from each prompt given.
     *
     * @param prompts where to start, [n], n at least 1
     * @param seed of all draws
     * @param first number of the first episode; episode i draws from stream {@code first + i}
     */
    public static Rollout of(Environment world, Policy policy, int[] prompts, long seed, long first) {
        Check.nonEmpty(prompts.length, "prompts");
        if (policy.actions() != world.actions()) {
            throw new IllegalArgumentException(
                    "the policy must have the world's " + world.actions() + " actions, had " + policy.actions());
        }
        List<Tape> tapes = IntStream.range(0, prompts.length)
                .mapToObj(i -> new Tape(world, prompts[i], Seeds.rng(seed, "episode", first + i)))
                .toList();
        List<Tape> alive = tapes;
        for (int t = 0; !alive.isEmpty(); t++) {
            if (t >= MOST_STEPS) {
                throw new IllegalArgumentException("episodes must end within " + MOST_STEPS + " steps, " + alive.size()
                        + " of " + prompts.length + " did not");
            }
            double[][] states = alive.stream().map(Tape::state).toArray(double[][]::new);
            double[][] logP = policy.logProbs(states);
            var next = new ArrayList<Tape>();
            for (int i = 0; i < states.length; i++) {
                if (alive.get(i).advance(states[i], logP[i])) {
                    next.add(alive.get(i));
                }
            }
            alive = next;
        }
        return new Rollout(tapes.stream().map(Tape::played).toList());
    }

    /** Sum of one reward of each episode, [n]. */
    public double[] rewards(int objective) {
        return episodes.stream().mapToDouble(e -> e.reward(objective)).toArray();
    }

    /** Cost of each episode, {@code sum_t gamma^t c_t}, [n]. */
    public double[] costs(double gamma) {
        return episodes.stream().mapToDouble(e -> e.cost(gamma)).toArray();
    }

    /** States of all steps, episode after episode, [steps, d]. */
    public double[][] states() {
        return episodes.stream().flatMap(e -> Arrays.stream(e.states)).toArray(double[][]::new);
    }

    /** Actions of all steps, [steps]. */
    public int[] actions() {
        return episodes.stream().flatMapToInt(e -> Arrays.stream(e.actions)).toArray();
    }

    /** Log-probabilities of all steps under the policy that played, [steps]. */
    public double[] logP() {
        return episodes.stream().flatMapToDouble(e -> Arrays.stream(e.logP)).toArray();
    }

    private static final class Tape {
        private final int prompt;
        private final int objectives;
        private final Environment.Episode episode;
        private final RandomGenerator rng;
        private final List<double[]> states = new ArrayList<>();
        private final List<Integer> actions = new ArrayList<>();
        private final List<Double> logP = new ArrayList<>();
        private final List<double[]> rewards = new ArrayList<>();
        private final List<Double> costs = new ArrayList<>();

        Tape(Environment world, int prompt, RandomGenerator rng) {
            this.prompt = Check.index(prompt, world.prompts(), "prompt");
            this.objectives = world.objectives();
            this.rng = rng;
            episode = world.start(prompt, rng);
        }

        double[] state() {
            return episode.state();
        }

        /** Draws and takes an action; whether the episode goes on. */
        boolean advance(double[] state, double[] logProbs) {
            int action = Policy.draw(logProbs, rng);
            Environment.Step step = episode.step(action);
            Check.sameLength(step.rewards().length, "rewards of a step", objectives, "objectives");
            Check.allFinite(step.rewards(), "rewards of a step");
            states.add(state);
            actions.add(action);
            logP.add(logProbs[action]);
            rewards.add(step.rewards());
            costs.add(Check.finite(step.cost(), "cost of a step"));
            return !step.last();
        }

        Played played() {
            return new Played(
                    prompt,
                    states.toArray(double[][]::new),
                    actions.stream().mapToInt(a -> a).toArray(),
                    logP.stream().mapToDouble(l -> l).toArray(),
                    rewards.toArray(double[][]::new),
                    costs.stream().mapToDouble(c -> c).toArray());
        }
    }
}
