package touchstone.rlhf.policy;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What happened in a training, a row an iteration. All numbers of a row are of the episodes played before that iteration's
 * update, so that row 0 is the policy at its start.
 *
 * @param iterations in order
 */
public record TrainingHistory(List<Iteration> iterations) {
    public TrainingHistory {
        iterations = List.copyOf(iterations);
    }

    /**
     * One iteration.
     *
     * @param reward mean over episodes of their weighted rewards
     * @param objectives mean over episodes of each reward, unweighted
     * @param cost mean cost of an episode, as the constraint measures it (undiscounted unless it says otherwise)
     * @param multiplier price lambda of the cost in the update; 0 without a constraint
     * @param divergence mean over episodes of {@code sum_t KL(pi(.|s_t) || reference(.|s_t))}, in nats
     * @param divergencePrice coefficient of the divergence in the update
     * @param entropy mean over steps of the policy's entropy, in nats
     */
    public record Iteration(
            double reward,
            List<Double> objectives,
            double cost,
            double multiplier,
            double divergence,
            double divergencePrice,
            double entropy) {
        public Iteration {
            objectives = List.copyOf(objectives);
        }
    }

    public int size() {
        return iterations.size();
    }

    /** One column, such as {@code column(Iteration::reward)}, [iterations]. */
    public double[] column(ToDoubleFunction<Iteration> of) {
        return iterations.stream().mapToDouble(of).toArray();
    }
}
