package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.continual.Labelled;
import touchstone.continual.scenario.ContinualTrainer;
import touchstone.continual.scenario.Source;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.optim.Sgd;

class TaskFreeMasTest {
    private static final double[][] X = {{1, 0}, {0, 1}, {1, 1}, {-1, 0.5}, {0.3, -1}, {2, 1}};
    private static final int[] Y = {0, 1, 0, 2, 2, 1};
    private static final int[][] BATCHES = {{0, 1}, {2, 3}, {4, 5}, {0, 3}, {1, 4}, {2, 5}, {0, 5}, {1, 3}};
    private static final TaskFreeMas ALWAYS = new TaskFreeMas(3, Anchor.PROXIMAL, 2, new Plateau(1, 50, 50));

    private static Descent descent() {
        Network network = Network.of(Cpu.doubles(1), 4, 2, Dense.of(5), Activate.tanh(), Dense.of(3));
        return Descent.of(network, new Sgd(0, 0), 0.1, 1);
    }

    private static Labelled task(Descent descent) {
        return new Labelled(descent.network().tensor(X), Y);
    }

    private static double[] after(Strategy strategy, boolean boundaries) {
        Descent descent = descent();
        Labelled task = task(descent);
        Strategy.Learner learner = strategy.start(descent);
        for (int[] rows : BATCHES) {
            if (boundaries) {
                learner.begin(task);
            }
            learner.step(task, rows);
            if (boundaries) {
                learner.end(task);
            }
        }
        return descent.values();
    }

    @Test
    void withoutPenaltyAndMemoryItIsFineTuning() {
        assertArrayEquals(
                after(new Naive(), false), after(ALWAYS.withStrength(0).withHard(0), false), 1e-14);
    }

    @Test
    void boundariesAreNotListenedTo() {
        assertArrayEquals(after(ALWAYS, false), after(ALWAYS, true), 0);
    }

    /** The first step settles: from the second on the penalty's proximal step follows, with the importances of the batch. */
    @Test
    void pullsTowardsThePlateauByItsImportances() {
        Descent descent = descent();
        Labelled task = task(descent);
        TaskFreeMas.Streaming learner = ALWAYS.withHard(0).start(descent);
        learner.step(task, new int[] {0, 1});
        assertEquals(1, learner.plateaus());
        double[] reference = descent.values();
        Labelled batch = new Labelled(descent.network().tensor(new double[][] {X[0], X[1]}), new int[] {0, 1});
        double[] importance = Importance.memoryAware(descent.network(), batch);
        assertArrayEquals(importance, learner.importance(), 1e-14);
        Descent free = descent();
        Strategy.Learner naive = new Naive().start(free);
        naive.step(task, new int[] {0, 1});
        naive.step(task, new int[] {2, 3});
        learner.step(task, new int[] {2, 3});
        double[] pulled = Anchor.pulled(0.1 * 3, importance, reference, free.values());
        assertArrayEquals(pulled, descent.values(), 1e-14);
        assertEquals(2L * descent.size(), learner.stored());
    }

    @Test
    void importancesAreTheMeanOverPlateaus() {
        Descent descent = descent();
        Labelled task = task(descent);
        // every loss is higher than the last settled one only if learning fails: a window of 1 settles again on each
        // rise
        TaskFreeMas.Streaming learner = ALWAYS.withHard(0).withStrength(0).start(descent);
        var seen = new double[descent.size()];
        int plateaus = 0;
        for (int round = 0; round < 6; round++) {
            for (int[] rows : BATCHES) {
                int before = learner.plateaus();
                learner.step(task, rows);
                if (learner.plateaus() > before) {
                    var batch = new Labelled(
                            descent.network().tensor(new double[][] {X[rows[0]], X[rows[1]]}),
                            new int[] {Y[rows[0]], Y[rows[1]]});
                    double[] now = Importance.memoryAware(descent.network(), batch);
                    for (int i = 0; i < now.length; i++) {
                        seen[i] += now[i];
                    }
                    plateaus++;
                }
            }
        }
        int count = plateaus;
        assertTrue(count > 2, () -> "plateaus " + count);
        for (int i = 0; i < seen.length; i++) {
            assertEquals(seen[i] / count, learner.importance()[i], 1e-12);
        }
    }

    @Test
    void keepsTheHardestExamples() {
        Descent descent = descent();
        Labelled task = task(descent);
        TaskFreeMas.Streaming learner = ALWAYS.start(descent);
        double worst = -1;
        int hardest = -1;
        for (int i = 0; i < X.length; i++) {
            double[] p = Probabilities.of(descent.logits(task.x()), i);
            if (-Math.log(p[Y[i]]) > worst) {
                worst = -Math.log(p[Y[i]]);
                hardest = i;
            }
        }
        learner.step(task, new int[] {0, 1, 2, 3, 4, 5});
        List<Memory.Item> kept = learner.kept();
        assertEquals(2, kept.size());
        assertArrayEquals(X[hardest], kept.get(0).x(), 1e-15);
    }

    @Test
    void aPlateauNeedsAFullWindowAndARiseSinceTheLast() {
        Plateau.Watch watch = new Plateau(3, 0.5, 0.01).watch();
        assertFalse(watch.settles(0.4));
        assertFalse(watch.settles(0.4));
        assertTrue(watch.settles(0.4));
        assertFalse(watch.settles(0.3)); // no rise since
        assertFalse(watch.settles(2)); // a rise, but neither small nor steady
        assertFalse(watch.settles(0.3));
        assertFalse(watch.settles(0.3));
        assertTrue(watch.settles(0.3));
    }

    @Test
    void oneTaskOfOneExampleAClassRuns() {
        var backend = Cpu.doubles(1);
        Source source = Source.of(backend, X, new int[] {0, 1, 2, 2, 2, 2}, X, Y); // classes 0 and 1 appear once
        var run = ContinualTrainer.defaults()
                .withBatch(4)
                .run(
                        Network.of(backend, 1, 2, Dense.of(4), Activate.relu(), Dense.of(3)),
                        source.classIncremental(1),
                        TaskFreeMas.defaults());
        assertTrue(run.matrix().averageAccuracy() >= 0);
        var single = ContinualTrainer.defaults()
                .run(
                        Network.of(backend, 1, 2, Dense.of(4), Activate.relu(), Dense.of(3)),
                        source.permuted(1, 1, 1),
                        TaskFreeMas.defaults());
        assertEquals(1, single.matrix().tasks());
    }

    @Test
    void badArgumentsAreNamed() {
        TaskFreeMas options = TaskFreeMas.defaults();
        assertMessage("strength must be a finite number of 0 or more, was NaN", () -> options.withStrength(Double.NaN));
        assertMessage("hard must be at least 0, was -1", () -> options.withHard(-1));
        assertMessage("mean must be a finite number above 0, was NaN", () -> Plateau.defaults()
                .withMean(Double.NaN));
        assertMessage("window must be at least 1, was 0", () -> new Plateau(0, 1, 1));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
