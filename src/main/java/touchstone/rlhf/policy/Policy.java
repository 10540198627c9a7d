package touchstone.rlhf.policy;

import java.util.random.RandomGenerator;
import touchstone.util.Check;

/**
 * A policy: for each state a distribution over finitely many actions. A state is a vector; what it holds is agreed between the
 * {@link Environment} that shows it and the policy that reads it: the state's number alone for a table, features for a network,
 * a prefix of tokens for a sequence written token by token. References that are not trained may be lambdas.
 */
public interface Policy {
    /** Number of actions, 1 or more. */
    int actions();

    /** Logarithms of the probabilities of all actions in each state: states [n, d], result [n, actions], in nats, 0 or less. */
    double[][] logProbs(double[][] states);

    /** Probabilities of the actions in one state, [actions]. */
    default double[] probabilities(double... state) {
        double[] p = logProbs(new double[][] {state})[0];
        for (int a = 0; a < p.length; a++) {
            p[a] = Math.exp(p[a]);
        }
        return p;
    }

    /** Log-probabilities of one action a state: states [n, d], actions [n], result [n]. */
    default double[] logProbs(double[][] states, int[] actions) {
        Check.sameLength(states.length, "states", actions.length, "actions");
        double[][] all = logProbs(states);
        var result = new double[actions.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = all[i][Check.index(actions[i], all[i].length, "actions[" + i + "]")];
        }
        return result;
    }

    /** Draws an action from log-probabilities, [actions]. */
    static int draw(double[] logP, RandomGenerator rng) {
        double left = rng.nextDouble();
        int last = 0;
        for (int a = 0; a < logP.length; a++) {
            double p = Math.exp(logP[a]);
            last = p > 0 ? a : last;
            left -= p;
            if (left < 0) {
                return a;
            }
        }
        return last; // rounding left a remainder
    }

    /** Entropy of a distribution given by log-probabilities, [actions]; in nats, 0 or more. */
    static double entropy(double[] logP) {
        double sum = 0;
        for (double l : logP) {
            sum -= l == Double.NEGATIVE_INFINITY ? 0 : Math.exp(l) * l;
        }
        return Math.max(0, sum); // rounding can leave -1e-17
    }

    /** KL(p || q) of two distributions given by log-probabilities, [actions] each; in nats, 0 or more. */
    static double divergence(double[] logP, double[] logQ) {
        Check.sameLength(logP.length, "logP", logQ.length, "logQ");
        double sum = 0;
        for (int a = 0; a < logP.length; a++) {
            sum += logP[a] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(logP[a]) * (logP[a] - logQ[a]);
        }
        return Math.max(0, sum);
    }
}
