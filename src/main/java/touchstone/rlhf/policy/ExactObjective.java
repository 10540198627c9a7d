package touchstone.rlhf.policy;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * What a policy is worth in a world whose probabilities are known, and its gradient, by going back from the last step: {@code J =
 * E sum_t (r_t - lambda gamma^t c_t - beta KL(pi(.|s_t) || reference(.|s_t)))} over prompts drawn evenly.
 *
 * @param lambda price of the cost, 0 or more
 * @param discount gamma of the cost, in [0, 1]; the reward is not discounted
 * @param beta price of the divergence, 0 or more
 */
@Reference("sutton1999policy")
public record ExactObjective(double lambda, double discount, double beta) {
    public ExactObjective {
        Check.notNegative(lambda, "lambda");
        Check.probability(discount, "discount");
        Check.notNegative(beta, "beta");
    }

    /** The reward alone. */
    public static ExactObjective reward() {
        return new ExactObjective(0, 1, 0);
    }

    public ExactObjective withLambda(double price) {
        return new ExactObjective(price, discount, beta);
    }

    public ExactObjective withDiscount(double gamma) {
        return new ExactObjective(lambda, gamma, beta);
    }

    public ExactObjective withBeta(double price) {
        return new ExactObjective(lambda, discount, price);
    }

    /**
     * Value and gradient.
     *
     * @param value J, in reward units
     * @param reward {@code E sum_t r_t}
     * @param cost {@code E sum_t gamma^t c_t}
     * @param divergence {@code E sum_t KL_t}, in nats
     * @param gradient of J by the logits of a table, [states, actions]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays; copied on the way out
    public record Result(double value, double reward, double cost, double divergence, double[][] gradient) {
        @Override
        public double[][] gradient() {
            return Arrays.stream(gradient).map(double[]::clone).toArray(double[][]::new);
        }
    }

    /** J of a policy in a world, against a reference that is nowhere 0. */
    public Result of(TabularWorld world, Policy policy, Policy reference) {
        var states = new double[world.states()][1];
        Arrays.setAll(states, s -> new double[] {s});
        double[][] logP = policy.logProbs(states);
        double[][] logQ = reference.logProbs(states);
        double[][] visits = visits(world, logP);
        var gradient = new double[states.length][world.actions()];
        var value = new double[states.length];
        var parts = new double[3];
        for (int t = world.horizon() - 1; t >= 0; t--) {
            var before = new double[states.length];
            double weight = Math.pow(discount, t);
            for (int s = 0; s < states.length; s++) {
                double[] q = actionValues(world, s, weight, value, logP[s], logQ[s]);
                for (int a = 0; a < q.length; a++) {
                    before[s] += Math.exp(logP[s][a]) * q[a];
                }
                for (int a = 0; a < q.length; a++) {
                    double mass = visits[t][s] * Math.exp(logP[s][a]);
                    gradient[s][a] += mass * (q[a] - before[s]);
                    parts[0] += mass * world.reward(s, a);
                    parts[1] += mass * weight * world.cost(s, a);
                    parts[2] += mass * (logP[s][a] - logQ[s][a]);
                }
            }
            value = before;
        }
        double j = parts[0] - lambda * parts[1] - (beta == 0 ? 0 : beta * parts[2]);
        return new Result(j, parts[0], parts[1], parts[2], gradient);
    }

    /** Worth of each action in a state, [actions], given the worth of the states after it; after the last step that is 0. */
    private double[] actionValues(
            TabularWorld world, int s, double weight, double[] after, double[] logP, double[] logQ) {
        var q = new double[world.actions()];
        for (int a = 0; a < q.length; a++) {
            double charge = beta == 0 ? 0 : beta * (logP[a] - logQ[a]);
            q[a] = world.reward(s, a) - lambda * weight * world.cost(s, a) - charge;
            for (int next = 0; next < after.length; next++) {
                q[a] += after[next] == 0 ? 0 : world.probability(s, a, next) * after[next];
            }
        }
        return q;
    }

    /** Probability of being in each state at each step, [horizon, states]. */
    private static double[][] visits(TabularWorld world, double[][] logP) {
        var d = new double[world.horizon()][world.states()];
        for (int i = 0; i < world.prompts(); i++) {
            d[0][world.startOf(i)] += 1.0 / world.prompts();
        }
        for (int t = 0; t + 1 < d.length; t++) {
            for (int s = 0; s < world.states(); s++) {
                for (int a = 0; a < world.actions(); a++) {
                    double mass = d[t][s] * Math.exp(logP[s][a]);
                    for (int next = 0; next < world.states() && mass > 0; next++) {
                        d[t + 1][next] += mass * world.probability(s, a, next);
                    }
                }
            }
        }
        return d;
    }
}
