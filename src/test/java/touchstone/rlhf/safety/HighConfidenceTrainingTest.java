package touchstone.rlhf.safety;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.policy.ConstrainedPolicyOptimizer;
import touchstone.rlhf.policy.KlPenalty;
import touchstone.rlhf.policy.PolicyDescent;
import touchstone.rlhf.policy.PolicyTraining;
import touchstone.rlhf.policy.Reinforce;
import touchstone.rlhf.policy.SoftmaxPolicy;
import touchstone.stats.MeanBound;

class HighConfidenceTrainingTest {
    private static final double[] REWARDS = {0, 0.5, 1};
    private static final RiskyAnswers WORLD = RiskyAnswers.normal(REWARDS, new double[] {-0.6, -0.1, 0.5}, 0.3);

    private static HighConfidenceTraining training(double weight, long seed) {
        var learner = PolicyTraining.of(Reinforce.defaults())
                .withDescent(PolicyDescent.Options.adam(0.1))
                .withKl(KlPenalty.inReward(0.1))
                .withIterations(60)
                .withPrompts(32)
                .withSeed(seed);
        return new HighConfidenceTraining(
                ConstrainedPolicyOptimizer.of(learner, 0),
                new PessimisticConstraint(0.1, 0, 100, weight, weight),
                SafetyTest.defaults().withBound(MeanBound.STUDENT_T));
    }

    @Test
    void unsafePoliciesAreGivenOutAtMostWithDelta() {
        long released = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> training(0, i).fit(WORLD, SoftmaxPolicy.tabular(1, 3)))
                .filter(r -> r.released().isPresent() && WORLD.cost(r.released().orElseThrow()) > 0)
                .count();
        // binomial(200, 0.1) exceeds 34 with a probability below 0.001
        assertTrue(released <= 34, released + " of 200");
    }

    @Test
    void pessimismLetsMoreCandidatesPass() {
        int[] passes = new int[2];
        double[] costs = new double[2];
        for (int c = 0; c < 2; c++) {
            int weight = c;
            var results = IntStream.range(0, 100)
                    .parallel()
                    .mapToObj(i -> training(weight, i).fit(WORLD, SoftmaxPolicy.tabular(1, 3)))
                    .toList();
            passes[c] = (int) results.stream().filter(r -> r.verdict().passed()).count();
            costs[c] = results.stream()
                    .mapToDouble(r -> WORLD.cost(r.candidate().policy()))
                    .average()
                    .orElseThrow();
        }
        assertTrue(passes[1] > passes[0], passes[0] + " without, " + passes[1] + " with");
        assertTrue(costs[1] < costs[0], "the pessimistic candidates are the safer");
    }

    @Test
    void theMeasureIsTheExcessPlusTheLimit() {
        var constraint = new PessimisticConstraint(0.1, -0.3, 100, 1, 0.5);
        var measure = constraint.measure();
        for (double[] costs : new double[][] {{0.1, 0.4, -0.2}, {1, 2}, {0.3, 0.1, 0.2}}) {
            assertEquals(constraint.excess(costs) - 0.3, measure.applyAsDouble(costs), 1e-15);
        }
    }

    @Test
    void meansOfRiskyAnswersAreExact() {
        var world = RiskyAnswers.harm(new double[] {1, 2}, new double[] {0.1, 0.5}, -1, 1);
        SoftmaxPolicy even = SoftmaxPolicy.tabular(1, 2);
        assertEquals(0.5 * -0.8 + 0.5 * 0, world.cost(even), 1e-15);
        assertEquals(1.5, world.reward(even), 1e-15);
    }

    @Test
    void filterRoundsFollowTheirFormulaAndTheExactLaws() {
        var guard = new FilterRounds(0.8, 0.1);
        double[] h = guard.harm(0.4, 30);
        assertEquals(0.4, h[0], 0);
        assertEquals(0.2 * 0.4 + (0.8 * 0.4 + 0.1 * 0.6) * 0.4, h[1], 1e-15);
        for (int k = 0; k < 30; k++) {
            assertTrue(h[k + 1] < h[k], "monotone");
            double ratio = (h[k + 1] - guard.floor(0.4)) / (h[k] - guard.floor(0.4));
            if (k < 10) {
                assertEquals(
                        guard.decay(0.4), ratio, 1e-9); // the distance has 1e-6 of its digits left after ten rounds
            }
        }
        assertEquals(guard.floor(0.4), h[30], 1e-9); // 0.48^30 is 3e-10
        // answers 0, 1 harmful, 1 of them flagged; 2 harmless and flagged, 3 not
        double[] law = {0.1, 0.3, 0.2, 0.4};
        double[][] laws = FilterRounds.laws(law, new boolean[] {false, true, true, false}, 1);
        assertArrayEquals(new double[] {0.15, 0.15, 0.1, 0.6}, laws[1], 1e-15);
        assertEquals(0.4, guard.floor(0) + new FilterRounds(0, 0).floor(0.4), 0);
    }
}
