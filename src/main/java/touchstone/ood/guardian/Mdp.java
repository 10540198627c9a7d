package touchstone.ood.guardian;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import touchstone.util.Check;

/**
 * A finite Markov decision process with a known start: transitions, rewards, a discount. Solved exactly. Immutable.
 *
 * <p>A policy is [s][a], each row the chances of the actions.
 */
public final class Mdp {
    private final double[][][] transitions;
    private final double[][] rewards;
    private final double discount;
    private final int start;

    private Mdp(double[][][] transitions, double[][] rewards, double discount, int start) {
        this.transitions = transitions;
        this.rewards = rewards;
        this.discount = discount;
        this.start = start;
    }

    /**
     * A process.
     *
     * @param transitions chances of the next state, [s][a][s], each row summing to 1 within 1e-9; copied
     * @param rewards [s][a], finite; copied
     * @param discount in (0, 1)
     * @param start state at step 0
     */
    public static Mdp of(double[][][] transitions, double[][] rewards, double discount, int start) {
        Check.insideUnit(discount, "discount");
        Check.nonEmpty(transitions.length, "transitions");
        Check.sameLength(rewards.length, "rewards", transitions.length, "transitions");
        Check.index(start, transitions.length, "start");
        var copy = new double[transitions.length][][];
        for (int s = 0; s < copy.length; s++) {
            Check.sameLength(rewards[s].length, "rewards[" + s + "]", transitions[s].length, "transitions[" + s + "]");
            Check.sameLength(transitions[s].length, "transitions[" + s + "]", transitions[0].length, "transitions[0]");
            Check.allFinite(rewards[s], "rewards[" + s + "]");
            copy[s] = Arrays.stream(transitions[s]).map(double[]::clone).toArray(double[][]::new);
            for (int a = 0; a < copy[s].length; a++) {
                checkRow(copy[s][a], copy.length, "transitions[" + s + "][" + a + "]");
            }
        }
        double[][] rewardCopy = Arrays.stream(rewards).map(double[]::clone).toArray(double[][]::new);
        return new Mdp(copy, rewardCopy, discount, start);
    }

    private static void checkRow(double[] row, int states, String name) {
        Check.sameLength(row.length, name, states, "states");
        Check.probabilities(row, name);
        double sum = Arrays.stream(row).sum();
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException(name + " must sum to 1, summed to " + sum);
        }
    }

    public int states() {
        return transitions.length;
    }

    public int actions() {
        return transitions[0].length;
    }

    /** The state at step 0. */
    public int start() {
        return start;
    }

    public double discount() {
        return discount;
    }

    /** A copy of the chances of the next state, [s]. */
    public double[] next(int state, int action) {
        return transitions[state][action].clone();
    }

    /** The reward of an action in a state. */
    public double reward(int state, int action) {
        return rewards[state][action];
    }

    /** The same process with other rewards, [s][a]. */
    public Mdp withRewards(double[][] other) {
        return of(transitions, other, discount, start);
    }

    /**
     * The best deterministic policy among allowed actions, by policy iteration; of equally good actions the first.
     *
     * @param allowed [s][a], at least one a state
     */
    public double[][] best(boolean[][] allowed) {
        var choice = new int[states()];
        for (int s = 0; s < choice.length; s++) {
            while (choice[s] < actions() && !allowed[s][choice[s]]) {
                choice[s]++;
            }
            Check.index(choice[s], actions(), "first allowed action of state " + s);
        }
        boolean changed = true;
        while (changed) {
            double[] value = values(policy(choice));
            changed = false;
            for (int s = 0; s < choice.length; s++) {
                for (int a = 0; a < actions(); a++) {
                    double gain = action(s, a, value) - action(s, choice[s], value);
                    if (allowed[s][a] && gain > 1e-9 * (1 + Math.abs(value[s]))) { // above rounding: it ends
                        choice[s] = a;
                        changed = true;
                    }
                }
            }
        }
        return policy(choice);
    }

    private double[][] policy(int[] choice) {
        var policy = new double[choice.length][actions()];
        for (int s = 0; s < choice.length; s++) {
            policy[s][choice[s]] = 1;
        }
        return policy;
    }

    private double action(int s, int a, double[] value) {
        double sum = 0;
        for (int t = 0; t < value.length; t++) {
            sum += transitions[s][a][t] * value[t];
        }
        return rewards[s][a] + discount * sum;
    }

    /** The discounted return of a policy from each state, [s]: {@code (I - discount P)^-1 r}. */
    public double[] values(double[][] policy) {
        var r = new double[states()];
        for (int s = 0; s < r.length; s++) {
            for (int a = 0; a < actions(); a++) {
                r[s] += policy[s][a] * rewards[s][a];
            }
        }
        return solve(policy, r, false);
    }

    /** The discounted return of a policy from the start. */
    public double value(double[][] policy) {
        return values(policy)[start];
    }

    /** Expected discounted number of visits to each state from the start, [s]; they sum to {@code 1 / (1 - discount)}. */
    public double[] visits(double[][] policy) {
        var first = new double[states()];
        first[start] = 1;
        return solve(policy, first, true);
    }

    private double[] solve(double[][] policy, double[] right, boolean transposed) {
        int n = states();
        Check.sameLength(policy.length, "policy", n, "states");
        var system = new Array2DRowRealMatrix(n, n);
        for (int s = 0; s < n; s++) {
            for (int t = 0; t < n; t++) {
                double p = 0;
                for (int a = 0; a < actions(); a++) {
                    p += policy[s][a] * transitions[s][a][t];
                }
                double entry = (s == t ? 1 : 0) - discount * p;
                system.setEntry(transposed ? t : s, transposed ? s : t, entry);
            }
        }
        return new LUDecomposition(system)
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
    }
}
