package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Advantages of REINFORCE with the leave-one-out baseline (RLOO): each answer's reward less the mean reward of the other answers
 * to the same prompt. The baseline does not depend on the answer, so the gradient stays unbiased.
 */
@Reference({"ahmadian2024back", "kool2019buy"})
public final class LeaveOneOut {
    private LeaveOneOut() {}

    /** Advantages of finite rewards [groups, answers], two answers a group or more; the same shape. */
    public static double[][] of(double[][] rewards) {
        var result = new double[rewards.length][];
        for (int g = 0; g < rewards.length; g++) {
            double[] group = rewards[g];
            Check.atLeast(group.length, 2, "answers of group " + g);
            Check.allFinite(group, "rewards[" + g + "]");
            double sum = 0;
            for (double r : group) {
                sum += r;
            }
            result[g] = new double[group.length];
            for (int i = 0; i < group.length; i++) {
                result[g][i] = group[i] - (sum - group[i]) / (group.length - 1);
            }
        }
        return result;
    }
}
