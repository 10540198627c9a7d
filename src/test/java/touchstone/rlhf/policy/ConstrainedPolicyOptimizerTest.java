package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConstrainedPolicyOptimizerTest {
    /** Rewards rise with costs: 0 at cost 0, 1 at cost 1. Any mean cost in [0, 1] can be had, at best for an equal reward. */
    private static final TabularWorld TRADE = TabularWorld.bandit(new double[][] {{0, 1}}, new double[][] {{0, 1}});

    private static ConstrainedPolicyOptimizer optimizer(PolicyLearner learner, double limit) {
        return ConstrainedPolicyOptimizer.of(
                PolicyTraining.of(learner).withKl(KlPenalty.inReward(0.1)).withIterations(300), limit);
    }

    static Stream<PolicyLearner> learners() {
        return Stream.of(Reinforce.defaults(), Rloo.defaults(), Grpo.defaults(), Ppo.defaults());
    }

    @ParameterizedTest
    @MethodSource("learners")
    void comesToTheLimitWithEveryLearner(PolicyLearner learner) {
        ConstrainedPolicyOptimizer.Result result = optimizer(learner, 0.3).fit(TRADE, SoftmaxPolicy.tabular(1, 2));
        double cost = result.policy().probabilities(0)[1];
        // the multiplier swings around its rest: mean of the last third, not the last policy alone
        double late = IntStream.range(200, 300)
                .mapToDouble(i -> result.history().iterations().get(i).cost())
                .average()
                .orElseThrow();
        assertEquals(0.3, late, 0.05, learner + ", last policy " + cost);
        assertTrue(result.history().iterations().get(299).multiplier() > 0, "the constraint binds");
        assertEquals(cost, result.verdict().cost().estimate(), 0.04, "2000 fresh episodes: 4 standard errors of 0.01");
    }

    @Test
    void aLooseLimitCostsNothing() {
        ConstrainedPolicyOptimizer.Result result =
                optimizer(Rloo.defaults(), 1.5).fit(TRADE, SoftmaxPolicy.tabular(1, 2));
        PolicyTraining.Result free = optimizer(Rloo.defaults(), 1.5).training().fit(TRADE, SoftmaxPolicy.tabular(1, 2));
        assertTrue(java.util.Arrays.equals(
                free.policy().parameters(), result.policy().parameters()));
        assertEquals(ConstraintVerdict.Outcome.MET, result.verdict().outcome());
        assertEquals(List.of(), result.verdict().warnings());
    }

    /** One state and two ways: harm early (cost 1 at step 0), or late (1.2 at step 9). */
    private static TabularWorld earlyOrLate() {
        int steps = 10;
        int states = 2 * steps + 1; // 0: start; then two chains without choice
        var next = new double[states][2][states];
        var reward = new double[states][2];
        var cost = new double[states][2];
        for (int way = 0; way < 2; way++) {
            next[0][way][1 + way * steps] = 1;
            for (int t = 0; t < steps; t++) {
                int at = 1 + way * steps + t;
                for (int a = 0; a < 2; a++) {
                    next[at][a][t + 1 < steps ? at + 1 : at] = 1;
                }
            }
        }
        cost[0][0] = 1;
        for (int a = 0; a < 2; a++) {
            cost[1 + steps + 8][a] = 1.2; // reached at step 9
        }
        return TabularWorld.episodes(next, reward, cost, new int[] {0}, steps);
    }

    private static SoftmaxPolicy way(TabularWorld world, int way) {
        var logits = new double[world.states()][2];
        logits[0][way] = 60;
        return SoftmaxPolicy.tabular(logits);
    }

    @Test
    void aLimitIsAnotherWhenCostsAreDiscounted() {
        TabularWorld world = earlyOrLate();
        ConstrainedPolicyOptimizer sum = optimizer(Rloo.defaults(), 1.1);
        ConstrainedPolicyOptimizer discounted = sum.withDiscount(0.9);
        assertEquals(1, sum.check(world, way(world, 0)).cost().estimate(), 1e-12);
        assertEquals(1.2, sum.check(world, way(world, 1)).cost().estimate(), 1e-12);
        assertEquals(
                1.2 * Math.pow(0.9, 9),
                discounted.check(world, way(world, 1)).cost().estimate(),
                1e-12);
        // late harm keeps the discounted limit of 1.1 and breaks the same number undiscounted
        assertTrue(discounted.check(world, way(world, 1)).met());
        assertEquals(
                ConstraintVerdict.Outcome.NOT_MET,
                sum.check(world, way(world, 1)).outcome());
        // and a limit of 0.5 divides the two the other way round
        ConstrainedPolicyOptimizer half = optimizer(Rloo.defaults(), 0.5).withDiscount(0.9);
        assertEquals(
                ConstraintVerdict.Outcome.NOT_MET,
                half.check(world, way(world, 0)).outcome());
        assertTrue(half.check(world, way(world, 1)).met());
    }

    @Test
    void theDiscountIsWhatIsTrainedOn() {
        TabularWorld world = earlyOrLate();
        SoftmaxPolicy start = SoftmaxPolicy.tabular(world.states(), 2);
        double late = optimizer(Rloo.defaults(), 0.5)
                .withDiscount(0.9)
                .fit(world, start)
                .policy()
                .probabilities(0)[1];
        double early =
                optimizer(Rloo.defaults(), 1.02).fit(world, start).policy().probabilities(0)[0];
        assertTrue(late > 0.7, "discounted, late harm is the cheaper: " + late);
        assertTrue(early > 0.7, "undiscounted, early harm is the cheaper: " + early);
    }

    @Test
    void aNegativeLimitIsAnUpperOneToo() {
        TabularWorld world = TabularWorld.bandit(new double[][] {{0, 1}}, new double[][] {{-1, 1}});
        ConstrainedPolicyOptimizer atMost = optimizer(Rloo.defaults(), -0.5);
        double cost = atMost.fit(world, SoftmaxPolicy.tabular(1, 2)).history().iterations().subList(200, 300).stream()
                .mapToDouble(TrainingHistory.Iteration::cost)
                .average()
                .orElseThrow();
        assertEquals(-0.5, cost, 0.1);
        SoftmaxPolicy safe = SoftmaxPolicy.tabular(new double[][] {{5, -5}});
        SoftmaxPolicy harmful = SoftmaxPolicy.tabular(new double[][] {{-5, 5}});
        assertTrue(atMost.check(world, safe).met());
        assertEquals(
                ConstraintVerdict.Outcome.NOT_MET, atMost.check(world, harmful).outcome());
    }

    @Test
    void aLimitOfZeroIsKeptOnlyWithoutAnyCostAndTheVerdictSaysSo() {
        ConstrainedPolicyOptimizer none = optimizer(Rloo.defaults(), 0).withRule(new LagrangeRule.Projected(0, 0.1));
        ConstrainedPolicyOptimizer.Result result = none.fit(TRADE, SoftmaxPolicy.tabular(1, 2));
        double[] lambda = result.history().column(TrainingHistory.Iteration::multiplier);
        for (int i = 1; i < lambda.length; i++) {
            assertTrue(lambda[i] >= lambda[i - 1], "the multiplier never falls");
        }
        assertTrue(result.policy().probabilities(0)[1] < 0.1, "and the cost goes down");
        assertTrue(
                result.verdict().warnings().get(0).contains("the sum of excesses never falls"),
                result.verdict().toString());
        SoftmaxPolicy harmless = SoftmaxPolicy.tabular(new double[][] {{60, -60}});
        assertTrue(none.check(TRADE, harmless).met(), "a policy of no cost meets it");
    }

    @Test
    void aLimitNobodyCanMeetEndsInAVerdict() {
        TabularWorld harmful = TabularWorld.bandit(new double[][] {{0, 1}}, new double[][] {{0.5, 1}});
        ConstrainedPolicyOptimizer impossible = optimizer(Rloo.defaults(), 0.2)
                .withRule(new LagrangeRule.LogSpace(1, 1))
                .withLimit(LagrangeMultiplier.Options.limit(0.2).withCap(20))
                .withPatience(30);
        ConstrainedPolicyOptimizer.Result result = impossible.fit(harmful, SoftmaxPolicy.tabular(1, 2));
        assertEquals(ConstraintVerdict.Outcome.NO_POLICY_FOUND, result.verdict().outcome());
        assertTrue(
                result.history().size() < 100,
                "given up after " + result.history().size() + " iterations");
        for (double lambda : result.history().column(TrainingHistory.Iteration::multiplier)) {
            assertTrue(lambda <= 20 * (1 + 1e-12), "held to the cap, was " + lambda);
        }
        String text = result.verdict().toString();
        assertTrue(text.contains("with the multiplier at its cap, the least mean cost of a batch was 0.5"), text);
        assertTrue(text.contains("below the least cost of any episode seen, 0.5000;"), text);
    }

    @Test
    void aCapThatIsInfiniteIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> optimizer(Rloo.defaults(), 1)
                .withLimit(LagrangeMultiplier.Options.limit(1)));
        assertTrue(error.getMessage().contains("cap must be finite"), error.getMessage());
    }

    @Test
    void equalSeedsGiveEqualHistories() {
        ConstrainedPolicyOptimizer o = optimizer(Ppo.defaults(), 0.3)
                .withTraining(PolicyTraining.of(Ppo.defaults()).withIterations(10));
        assertEquals(
                o.fit(TRADE, SoftmaxPolicy.tabular(1, 2)).history(),
                o.fit(TRADE, SoftmaxPolicy.tabular(1, 2)).history());
    }
}
