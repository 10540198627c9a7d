package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyLearnerTest {
    private static final GroupAdvantage UNSCALED = GroupAdvantage.defaults().withScale(GroupAdvantage.Scale.NONE);
    private static final ClippedEpochs ONCE =
            ClippedEpochs.defaults().withEpochs(1).withBatch(100_000);

    static Stream<PolicyLearner> unbiased() {
        return Stream.of(Reinforce.defaults().withBaseline(false), Reinforce.defaults(), new Rloo(4), new Rloo(2));
    }

    /**
     * One step of plain ascent is an estimate of the gradient: its mean over 400 batches lies within 4.5 standard errors of the exact
     * one in each of 9 components (chance of a false alarm below 1e-4 in all).
     */
    @ParameterizedTest
    @MethodSource("unbiased")
    void meanStepIsTheExactGradient(PolicyLearner learner) {
        TabularWorld world = ExactObjectiveTest.world(5);
        SoftmaxPolicy start = SoftmaxPolicy.tabular(ExactObjectiveTest.logits(5, 3, 3));
        SoftmaxPolicy reference = SoftmaxPolicy.tabular(ExactObjectiveTest.logits(6, 3, 3));
        double beta = 0.3;
        double[] exact = PolicyBatch.flat(ExactObjective.reward()
                .withBeta(beta)
                .of(world, start, reference)
                .gradient());
        var steps = new double[400][];
        for (int i = 0; i < steps.length; i++) {
            double[] after = PolicyTraining.of(learner)
                    .withDescent(PolicyDescent.Options.sgd(1))
                    .withKl(KlPenalty.inReward(beta))
                    .withIterations(1)
                    .withPrompts(16)
                    .withSeed(i)
                    .fit(world, start, reference)
                    .policy()
                    .parameters();
            double[] before = start.parameters();
            steps[i] = IntStream.range(0, after.length)
                    .mapToDouble(j -> after[j] - before[j])
                    .toArray();
        }
        for (int j = 0; j < exact.length; j++) {
            int at = j;
            double[] x = Arrays.stream(steps).mapToDouble(s -> s[at]).toArray();
            double mean = Arrays.stream(x).average().orElseThrow();
            double error = touchstone.stats.Moments.standardError(x);
            assertEquals(exact[j], mean, 4.5 * error, "component " + j);
        }
    }

    static Stream<PolicyLearner> all() {
        return Stream.of(
                Reinforce.defaults(),
                Rloo.defaults(),
                Grpo.defaults().withAdvantage(UNSCALED).withPasses(ONCE),
                Ppo.defaults()
                        .withWhiten(false)
                        .withPasses(ClippedEpochs.defaults().withEpochs(2)));
    }

    /** With the divergence charged off the reward, every learner comes within 0.02 of the best objective there is. */
    @ParameterizedTest
    @MethodSource("all")
    void comesNearTheKlOptimumOfABandit(PolicyLearner learner) {
        double[][] reward = {{1, 0.2, -0.5, 0.9}, {0, 1, 0, -1}};
        TabularWorld bandit = TabularWorld.bandit(reward, new double[2][4]);
        SoftmaxPolicy start = SoftmaxPolicy.tabular(2, 4);
        double beta = 0.5;
        PolicyTraining.Result result = PolicyTraining.of(learner)
                .withKl(KlPenalty.inReward(beta))
                .withDescent(PolicyDescent.Options.adam(0.03))
                .withIterations(250)
                .fit(bandit, start);
        var objective = ExactObjective.reward().withBeta(beta);
        double[] flat = {0.25, 0.25, 0.25, 0.25};
        double best = Arrays.stream(reward)
                .mapToDouble(r -> {
                    DiscretePolicy p = new KlOptimum(beta).of(flat, r);
                    return p.mean(r) - beta * p.divergence();
                })
                .average()
                .orElseThrow();
        double reached = objective.of(bandit, result.policy(), start).value();
        assertTrue(reached <= best + 1e-12, reached + " exceeds the optimum " + best);
        assertEquals(best, reached, 0.02, learner.toString()); // batches of 64 leave the policy trembling
    }

    static List<PolicyLearner> defaults() {
        return List.of(Reinforce.defaults(), Rloo.defaults(), Grpo.defaults(), Ppo.defaults());
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void sameSeedSameBitsOnAnyNumberOfThreads(PolicyLearner learner) {
        TabularWorld world = ExactObjectiveTest.world(9);
        PolicyTraining training = PolicyTraining.of(learner)
                .withIterations(5)
                .withPrompts(8)
                .withKl(KlPenalty.inLoss(KlEstimator.K3, 0.1));
        List<PolicyTraining.Result> one =
                IntStream.range(0, 4).mapToObj(i -> fit(training, world, i)).toList();
        List<PolicyTraining.Result> many = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> fit(training, world, i))
                .toList();
        for (int i = 0; i < 4; i++) {
            assertEquals(one.get(i).history(), many.get(i).history());
            assertTrue(Arrays.equals(
                    one.get(i).policy().parameters(), many.get(i).policy().parameters()));
        }
        assertTrue(!one.get(0).history().equals(one.get(1).history()), "seeds 0 and 1 must differ");
    }

    private static PolicyTraining.Result fit(PolicyTraining training, TabularWorld world, long seed) {
        return training.withSeed(seed).fit(world, SoftmaxPolicy.mlp(1, 4, 3, 1));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void raisesTheReturnOfEpisodes(PolicyLearner learner) {
        TabularWorld world = ExactObjectiveTest.world(11);
        SoftmaxPolicy start = SoftmaxPolicy.tabular(3, 3);
        PolicyTraining.Result result =
                PolicyTraining.of(learner).withIterations(60).fit(world, start);
        double before = ExactObjective.reward().of(world, start, start).reward();
        double after = ExactObjective.reward().of(world, result.policy(), start).reward();
        assertTrue(after > before + 0.5, before + " -> " + after);
    }

    @Test
    void normalisedObjectivesCannotBeChargedInTheReward() {
        var learner = Grpo.defaults()
                .withAdvantage(
                        GroupAdvantage.defaults().withAggregation(GroupAdvantage.Aggregation.NORMALIZE_THEN_SUM));
        TabularWorld world = ExactObjectiveTest.world(1);
        SoftmaxPolicy reference = SoftmaxPolicy.tabular(ExactObjectiveTest.logits(2, 3, 3));
        var training =
                PolicyTraining.of(learner).withKl(KlPenalty.inReward(0.1)).withIterations(1);
        var error = assertThrows(
                IllegalArgumentException.class, () -> training.fit(world, SoftmaxPolicy.tabular(3, 3), reference));
        assertTrue(error.getMessage().contains("charged in the loss"), error.getMessage());
    }

    @Test
    void policyOfAnotherWorldIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> PolicyTraining.of(Rloo.defaults())
                .fit(ExactObjectiveTest.world(1), SoftmaxPolicy.tabular(3, 2)));
        assertTrue(error.getMessage().contains("3 actions, had 2"), error.getMessage());
    }
}
