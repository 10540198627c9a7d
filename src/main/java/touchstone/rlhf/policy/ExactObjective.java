package touchstone.rlhf.policy;

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
            return java.util.Arrays.stream(gradient).map(double[]::clone).toArray(double[][]::new);
        }
    }

    /** J of a policy in a world, against a reference that is nowhere 0. */
    public Result of(TabularWorld world, Policy policy, Policy reference) {
        var states = new double[world.states()][1];
        for (int s = 0; s < states.length; s++) {
            states[s][0] = s;
        }
        double[][] logP = policy.logProbs(states);
        double[][] logQ = reference.logProbs(states);
        double[][] visits = visits(world, logP);
        var gradient = new double[states.length][world.actions()];
        var value = new double[states.length];
        double[] parts = new double[3];
        for (int t = world.horizon() - 1; t >= 0; t--) {
            var before = new double[states.length];
            double weight = Math.pow(discount, t);
            for (int s = 0; s < states.length; s++) {
                var q = new double[world.actions()];
                for (int a = 0; a < q.length; a++) {
                    double nats = logP[s][a] - logQ[s][a];
                    q[a] = world.reward(s, a) - lambda * weight * world.cost(s, a) - (beta == 0 ? 0 : beta * nats);
                    for (int next = 0; next < value.length && t + 1 < world.horizon(); next++) {
                        q[a] += world.probability(s, a, next) * value[next];
                    }
                    double p = Math.exp(logP[s][a]);
                    before[s] += p * q[a];
                    parts[0] += visits[t][s] * p * world.reward(s, a);
                    parts[1] += visits[t][s] * p * weight * world.cost(s, a);
                    parts[2] += visits[t][s] * p * nats;
                }
                for (int a = 0; a < q.length; a++) {
                    gradient[s][a] += visits[t][s] * Math.exp(logP[s][a]) * (q[a] - before[s]);
                }
            }
            value = before;
        }
        double j = parts[0] - lambda * parts[1] - (beta == 0 ? 0 : beta * parts[2]);
        return new Result(j, parts[0], parts[1], parts[2], gradient);
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
