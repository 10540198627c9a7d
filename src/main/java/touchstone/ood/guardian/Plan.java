package touchstone.ood.guardian;

import java.util.Arrays;

/** A policy and what the model promised of it. Immutable. */
public final class Plan {
    private final double[][] policy;
    private final double modelReturn;

    Plan(double[][] policy, double modelReturn) {
        this.policy = policy;
        this.modelReturn = modelReturn;
    }

    /** A copy of the policy, [s][a]. */
    public double[][] policy() {
        return Arrays.stream(policy).map(double[]::clone).toArray(double[][]::new);
    }

    /** The discounted return that the model expects. */
    public double modelReturn() {
        return modelReturn;
    }

    /**
     * What a policy does in truth, exactly.
     *
     * @param reward discounted return
     * @param offSupport expected discounted number of visits to states outside the support
     * @param cost expected discounted sum of safety costs
     */
    public record Outcome(double reward, double offSupport, double cost) {
        /** Of a policy [s][a], with the support [s]. */
        public static Outcome of(ClinicGrid grid, double[][] policy, boolean[] support) {
            Mdp truth = grid.truth();
            double[] visits = truth.visits(policy);
            double off = 0;
            double cost = 0;
            for (int s = 0; s < visits.length; s++) {
                off += support[s] ? 0 : visits[s];
                cost += visits[s] * ClinicGrid.cost(s);
            }
            return new Outcome(truth.value(policy), off, cost);
        }
    }
}
