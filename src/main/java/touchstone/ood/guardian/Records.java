package touchstone.ood.guardian;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Recorded treatments of {@link ClinicGrid}.
 *
 * @param steps of all episodes, in order
 * @param episodes how many episodes they are
 */
public record Records(List<Step> steps, int episodes) {
    public Records {
        steps = List.copyOf(steps);
        Check.nonEmpty(steps.size(), "steps");
        Check.atLeast(episodes, 1, "episodes");
    }

    /**
     * One step.
     *
     * @param episode number of the episode, from 0
     * @param state before
     * @param action taken
     * @param reward of it
     * @param cost of it
     * @param next state after
     */
    public record Step(int episode, int state, int action, double reward, double cost, int next) {}

    /**
     * Draws episodes by the clinicians' policy; each ends at the goal or after so many steps.
     *
     * @param episodes 1 or more
     * @param most steps an episode, 1 or more
     */
    public static Records draw(ClinicGrid grid, int episodes, int most, long seed) {
        Check.atLeast(episodes, 1, "episodes");
        Check.atLeast(most, 1, "most");
        Mdp truth = grid.truth();
        double[][] policy = grid.behaviour();
        List<Step> steps = new ArrayList<>();
        for (int e = 0; e < episodes; e++) {
            RandomGenerator rng = Seeds.rng(seed, "episode", e);
            int state = truth.start();
            for (int t = 0; t < most && state != ClinicGrid.GOAL; t++) {
                int action = pick(policy[state], rng);
                int next = pick(truth.next(state, action), rng);
                steps.add(new Step(e, state, action, truth.reward(state, action), ClinicGrid.cost(state), next));
                state = next;
            }
        }
        return new Records(steps, episodes);
    }

    private static int pick(double[] chances, RandomGenerator rng) {
        double left = rng.nextDouble();
        int last = 0;
        for (int i = 0; i < chances.length; i++) {
            if (chances[i] > 0) {
                last = i;
                left -= chances[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    /** How often each action was taken in each state, [s][a]. */
    public int[][] counts() {
        var counts = new int[ClinicGrid.states()][ClinicGrid.ACTIONS];
        for (Step step : steps) {
            counts[step.state()][step.action()]++;
        }
        return counts;
    }

    /** Whether at least the share of episodes came through a state, [s]; the goal always counts. */
    public boolean[] support(double share) {
        Check.probability(share, "share");
        var seen = new int[ClinicGrid.states()];
        var last = new int[seen.length];
        for (Step step : steps) {
            if (last[step.state()] != step.episode() + 1) {
                last[step.state()] = step.episode() + 1;
                seen[step.state()]++;
            }
        }
        var out = new boolean[seen.length];
        for (int s = 0; s < out.length; s++) {
            out[s] = s == ClinicGrid.GOAL || (seen[s] > 0 && seen[s] >= share * episodes);
        }
        return out;
    }
}
