package touchstone.rlhf.policy;

import java.util.random.RandomGenerator;

/**
 * A small world in which a policy acts: episodes of a finite number of steps, each with rewards and a cost. A bandit is a world of
 * one step; a text written token by token is an episode whose actions are tokens.
 */
public interface Environment {
    /** Number of actions, the same in every state. */
    int actions();

    /** Number of prompts an episode can start from, 1 or more. Answers to one prompt form the groups of GRPO and RLOO. */
    int prompts();

    /** Number of rewards a step gives, 1 or more; the cost is not among them. */
    default int objectives() {
        return 1;
    }

    /**
     * Starts an episode.
     *
     * @param prompt in [0, prompts)
     * @param rng what the world draws from while this episode lasts; the policy's actions are drawn from it as well
     */
    Episode start(int prompt, RandomGenerator rng);

    /** An episode under way; it ends after a step that says so. */
    interface Episode {
        /** The state before the next action, [d]; a fresh array. */
        double[] state();

        /** Takes an action in [0, actions). */
        Step step(int action);
    }

    /**
     * What a step gave.
     *
     * @param rewards finite, higher is better, [objectives]
     * @param cost finite, higher is worse
     * @param last whether the episode ended
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not kept: a copy a step would cost more than the step
    record Step(double[] rewards, double cost, boolean last) {
        /** A step with one reward. */
        public static Step of(double reward, double cost, boolean last) {
            return new Step(new double[] {reward}, cost, last);
        }
    }
}
