package touchstone.ood.failure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;

class SequenceScorerTest {
    private static final RolloutWorld WORLD = RolloutWorld.defaults();

    private static List<Outcome> outcomes(List<Rollout> rollouts) {
        return rollouts.stream().map(Rollout::outcome).toList();
    }

    @ParameterizedTest
    @EnumSource(SequenceScorer.Kind.class)
    void scoresTellFailuresAndLookAtThePastAlone(SequenceScorer.Kind kind) {
        TrainedScorer scorer =
                SequenceScorer.defaults().withKind(kind).withEpochs(15).fit(WORLD.seen("train", 30));
        List<Rollout> test = WORLD.seen("test", 30);
        double[][] curves = scorer.curves(test);
        assertTrue(
                TimeQuantiles.auroc(curves, outcomes(test), 1)[0] > 0.65,
                kind.name()); // three standard errors above 0.5
        Rollout whole = test.get(0);
        assertEquals(whole.length(), curves[0].length);
        double[][] start = java.util.Arrays.copyOf(whole.features(), 12);
        Rollout cut = Rollout.of(whole.task(), start, Outcome.success());
        double[] alone = scorer.curves(List.of(cut))[0];
        for (int t = 0; t < 12; t++) {
            assertEquals(curves[0][t], alone[t], 1e-5); // float; products of other sizes sum in another order
        }
    }

    @Test
    void sameSeedSameBits() {
        List<Rollout> train = WORLD.seen("train", 6);
        var options = SequenceScorer.defaults().withEpochs(2);
        assertArrayEquals(options.fit(train).curves(train), options.fit(train).curves(train));
    }

    /** By hand: outputs 0 give p = s = 1/2 at each step, so each rollout costs 1/2, or log 2. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lossByHandAndByDifferences(boolean running) {
        Backend backend = Cpu.doubles(1);
        var loss = new RolloutLoss(new boolean[] {false, true, true}, new int[] {3, 2, 4}, 4, running);
        int[] all = {0, 1, 2};
        double expected = running ? 0.5 : Math.log(2);
        assertEquals(expected, loss.add(backend.zeros(12, 1), all, 1, backend.zeros(12, 1)), 1e-15);
        Tensor z = backend.zeros(12, 1);
        for (int i = 0; i < 12; i++) {
            z.set(i, 0, Math.sin(3.0 * i));
        }
        Tensor gradient = backend.zeros(12, 1);
        loss.add(z, all, 2, gradient);
        for (int i = 0; i < 12; i++) {
            double at = z.get(i, 0);
            z.set(i, 0, at + 1e-5);
            double up = loss.add(z, all, 2, backend.zeros(12, 1));
            z.set(i, 0, at - 1e-5);
            double down = loss.add(z, all, 2, backend.zeros(12, 1));
            z.set(i, 0, at);
            assertEquals((up - down) / 2e-5, gradient.get(i, 0), 1e-9); // error of the differences
        }
        assertEquals(0, gradient.get(3, 0)); // beyond the first rollout's end
    }

    @Test
    void theWorldIsFixedByItsSeed() {
        Rollout a = WORLD.rollout(2, "test", 5);
        assertArrayEquals(a.features(), WORLD.rollout(2, "test", 5).features());
        assertTrue(a.features()[0][0] != WORLD.withSeed(2).rollout(2, "test", 5).features()[0][0]);
        List<Rollout> unseen = WORLD.unseen("test", 200);
        assertEquals(400, unseen.size());
        assertEquals(4, unseen.get(0).task());
        long failed = unseen.stream().filter(r -> r.outcome().failed()).count();
        assertTrue(Math.abs(failed - 200) < 40, "failed " + failed); // four standard deviations of 10
        assertTrue(unseen.stream().allMatch(r -> r.length() >= 30 && r.length() <= 50));
        assertTrue(unseen.stream()
                .allMatch(r -> r.outcome().failed() == (r.outcome().onset() >= 0)));
    }

    @Test
    void badArgumentsAreNamed() {
        Rollout good = Rollout.of(0, new double[][] {{1, 2}}, Outcome.success());
        assertEquals(
                "training needs successes and failures: 2 successes, 0 failures",
                assertThrows(IllegalArgumentException.class, () -> SequenceScorer.defaults()
                                .fit(List.of(good, good)))
                        .getMessage());
        Rollout wide = Rollout.of(0, new double[][] {{1, 2, 3}}, Outcome.failure());
        assertEquals(
                "features of a rollout and features of the first must be of equal length, were 3 and 2",
                assertThrows(IllegalArgumentException.class, () -> SequenceScorer.defaults()
                                .fit(List.of(good, wide)))
                        .getMessage());
        assertEquals(
                "features[0][1] must be a finite number, was Infinity",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Rollout.of(0, new double[][] {{1, Double.POSITIVE_INFINITY}}, Outcome.success()))
                        .getMessage());
    }
}
