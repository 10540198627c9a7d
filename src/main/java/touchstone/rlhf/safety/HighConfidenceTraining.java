package touchstone.rlhf.safety;

import java.util.Optional;
import touchstone.rlhf.policy.ConstrainedPolicyOptimizer;
import touchstone.rlhf.policy.Environment;
import touchstone.rlhf.policy.LagrangeMultiplier;
import touchstone.rlhf.policy.PolicyTraining;
import touchstone.rlhf.policy.Rollout;
import touchstone.rlhf.policy.SoftmaxPolicy;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Training with a guarantee, in two steps: train a candidate under the pessimistic constraint, then give it out only if it passes
 * the safety test on held-out episodes. Whatever step 1 does, a policy whose expected cost exceeds the threshold is given out with
 * probability of at most delta, as far as the test's bound holds.
 *
 * <p>Follows the paper in both steps; the test's bound can be chosen. The pessimism acts on the multiplier, as in the authors' code.
 *
 * @param optimizer of step 1; its limit and measure are replaced by the constraint's
 * @param constraint of step 1; both weights 0 train on the mean alone
 * @param test of step 2
 */
@Reference("chittepu2025reinforcement")
public record HighConfidenceTraining(
        ConstrainedPolicyOptimizer optimizer, PessimisticConstraint constraint, SafetyTest test) {
    /**
     * What came of it.
     *
     * @param candidate of step 1
     * @param verdict of step 2
     */
    public record Result(PolicyTraining.Result candidate, SafetyVerdict verdict) {
        /** The policy, when it passed. */
        public Optional<SoftmaxPolicy> released() {
            return verdict.passed() ? Optional.of(candidate.policy()) : Optional.empty();
        }
    }

    /** Both steps, the second with as many held-out episodes as the constraint expects. */
    public Result fit(Environment world, SoftmaxPolicy start) {
        return fit(world, start, constraint.safetyPrompts());
    }

    /** Both steps, the second with n held-out episodes; they use no draw of the first. */
    public Result fit(Environment world, SoftmaxPolicy start, int n) {
        Check.atLeast(n, 1, "n");
        LagrangeMultiplier.Options o = optimizer.limit();
        var candidate = optimizer
                .withLimit(new LagrangeMultiplier.Options(constraint.limit(), o.cap(), o.delay(), o.window()))
                .withMeasure(constraint.measure()::applyAsDouble)
                .candidate(world, start);
        long own = Seeds.rng(optimizer.training().seed(), "held out").nextLong();
        double[] costs = Rollout.sample(world, candidate.policy(), n, own).costs(optimizer.discount());
        return new Result(candidate, test.run(costs));
    }
}
