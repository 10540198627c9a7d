package touchstone.continual.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.continual.EvaluationCurves;
import touchstone.continual.strategy.AGem;
import touchstone.continual.strategy.Analytic;
import touchstone.continual.strategy.Anchor;
import touchstone.continual.strategy.DarkReplay;
import touchstone.continual.strategy.Ewc;
import touchstone.continual.strategy.GDumb;
import touchstone.continual.strategy.Gem;
import touchstone.continual.strategy.Icarl;
import touchstone.continual.strategy.L2;
import touchstone.continual.strategy.Lwf;
import touchstone.continual.strategy.Mas;
import touchstone.continual.strategy.Naive;
import touchstone.continual.strategy.OnPro;
import touchstone.continual.strategy.Refresh;
import touchstone.continual.strategy.Replay;
import touchstone.continual.strategy.Strategy;
import touchstone.continual.strategy.SynapticIntelligence;
import touchstone.data.Digits;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.util.Seeds;

class ContinualTrainerTest {
    static final List<Strategy> ALL = List.of(
            new Naive(),
            L2.defaults(),
            Ewc.defaults(),
            SynapticIntelligence.defaults(),
            Mas.defaults(),
            Lwf.defaults(),
            Replay.defaults(),
            DarkReplay.defaults(),
            AGem.defaults(),
            Gem.defaults(),
            GDumb.defaults(),
            Icarl.defaults().withCapacity(12),
            OnPro.defaults().withCapacity(30),
            Refresh.of(Replay.defaults()),
            Analytic.defaults().withWidth(50));

    private static Network network(Backend backend, long seed) {
        return Network.of(backend, seed, 64, Dense.of(100), Activate.relu(), Dense.of(10));
    }

    private static Source digits(Backend backend) {
        var split = Digits.load().split(0.8, 1);
        return Source.of(
                backend,
                scaled(split.train()),
                split.train().labels(),
                scaled(split.test()),
                split.test().labels());
    }

    private static double[][] scaled(Digits digits) {
        return Arrays.stream(digits.matrix())
                .map(row -> Arrays.stream(row).map(v -> v / 16).toArray())
                .toArray(double[][]::new);
    }

    /** Three well separated blobs of six columns, a class each. */
    static Source blobs(Backend backend) {
        var random = Seeds.rng(5, "blobs");
        var x = new double[60][6];
        var y = new int[60];
        for (int i = 0; i < 60; i++) {
            y[i] = i % 3;
            for (int j = 0; j < 6; j++) {
                x[i][j] = (j / 2 == y[i] ? 2 : 0) + 0.3 * random.nextGaussian();
            }
        }
        return Source.of(backend, x, y, x, y);
    }

    static Network small(Backend backend) {
        return Network.of(backend, 3, 6, Dense.of(8), Activate.relu(), Dense.of(3));
    }

    /** The reference protocol's program gives .199 and .890 over three seeds; other draws, so within its spread. */
    @Test
    void replayForgetsLessThanFineTuningOnDigits() {
        Backend backend = Cpu.floats(1);
        Scenario scenario = digits(backend).classIncremental(2);
        var trainer = ContinualTrainer.defaults();
        ContinualRun naive = trainer.run(network(backend, 1), scenario, new Naive());
        ContinualRun replay = trainer.run(network(backend, 1), scenario, Replay.defaults());
        assertTrue(naive.matrix().averageAccuracy() < 0.3, () -> naive.matrix().toString());
        assertTrue(
                replay.matrix().averageAccuracy() > 0.8, () -> replay.matrix().toString());
        assertTrue(naive.matrix().forgetting() > 0.9);
        assertEquals(0, naive.stored());
        assertEquals(200L * 65, replay.stored());
        assertTrue(naive.forwardTransfer() < 0.3);
    }

    @Test
    void everyStrategyLearnsTheLastTaskAndIsReproducible() {
        for (Strategy strategy : ALL) {
            Scenario scenario = blobs(Cpu.doubles(1)).classIncremental(1);
            var trainer = ContinualTrainer.defaults().withEpochs(10);
            ContinualRun once = trainer.run(small(Cpu.doubles(1)), scenario, strategy);
            ContinualRun again = trainer.run(small(Cpu.doubles(2)), scenario, strategy);
            assertEquals(once.matrix(), again.matrix(), strategy.toString());
            assertTrue(once.matrix().learningAccuracy() > 0.8, strategy + " " + once.matrix());
            assertEquals(60, once.updates());
        }
    }

    @Test
    void anEmptyMemoryIsFineTuning() {
        Scenario scenario = blobs(Cpu.doubles(1)).classIncremental(1);
        var trainer = ContinualTrainer.defaults();
        var naive = trainer.run(small(Cpu.doubles(1)), scenario, new Naive()).matrix();
        for (Strategy strategy : List.of(
                Replay.defaults().withCapacity(0),
                DarkReplay.defaults().withCapacity(0),
                AGem.defaults().withCapacity(0),
                L2.defaults().withStrength(0))) {
            assertEquals(
                    naive,
                    trainer.run(small(Cpu.doubles(1)), scenario, strategy).matrix(),
                    strategy.toString());
        }
    }

    @Test
    void curvesEndWhereTheMatrixSays() {
        Scenario scenario = blobs(Cpu.doubles(1)).permuted(3, 1, 7);
        for (Strategy strategy : List.of(new Naive(), GDumb.defaults())) {
            ContinualRun run =
                    ContinualTrainer.defaults().withEveryUpdate(true).run(small(Cpu.doubles(1)), scenario, strategy);
            EvaluationCurves curves = run.curves().orElseThrow();
            assertEquals(run.matrix(), curves.matrix());
            assertEquals(run.updates(), curves.taskEnds()[2]);
            assertArrayEquals(
                    run.untrained(),
                    Arrays.stream(curves.accuracy()).mapToDouble(a -> a[0]).toArray());
        }
    }

    @Test
    void recurringTasksAreJudgedByOneTestSet() {
        Scenario scenario = blobs(Cpu.doubles(1)).recurring(8, 2, 10, 3);
        var run = ContinualTrainer.defaults().run(small(Cpu.doubles(1)), scenario, new Naive());
        for (int i = 0; i < 8; i++) {
            assertEquals(2, scenario.phases().get(i).train().classes().length);
            for (int j = 0; j < 8; j++) {
                assertEquals(run.matrix().score(i, i), run.matrix().score(i, j));
            }
        }
        assertTrue(run.matrix().averageAccuracy() > 0.6, () -> run.matrix().toString());
    }

    @Test
    void knownTasksAreEasier() {
        Backend backend = Cpu.floats(1);
        Source source = digits(backend);
        var trainer = ContinualTrainer.defaults().withEpochs(2);
        double unknown = trainer.run(network(backend, 1), source.classIncremental(2), new Naive())
                .matrix()
                .averageAccuracy();
        double known = trainer.run(network(backend, 1), source.taskIncremental(2), new Naive())
                .matrix()
                .averageAccuracy();
        assertTrue(known > unknown + 0.3, known + " against " + unknown);
    }

    @Test
    void aNetworkWithTooFewOutputsIsRefused() {
        var scenario = blobs(Cpu.doubles(1)).classIncremental(1);
        var two = Network.of(Cpu.doubles(1), 1, 6, Dense.of(2));
        var e = assertThrows(IllegalArgumentException.class, () -> ContinualTrainer.defaults()
                .run(two, scenario, new Naive()));
        assertEquals("the network must have an output for each of the 3 classes, had 2", e.getMessage());
    }

    @Test
    void aDivergingPenaltySaysSo() {
        var scenario = blobs(Cpu.doubles(1)).classIncremental(1);
        var explicit = new L2(1e6, Anchor.EXPLICIT);
        var e = assertThrows(
                ArithmeticException.class,
                () -> ContinualTrainer.defaults().withEpochs(200).run(small(Cpu.doubles(1)), scenario, explicit));
        assertTrue(e.getMessage().contains("lower the learning rate or the strategy's strength"), e.getMessage());
        assertTrue(
                ContinualTrainer.defaults()
                                .run(small(Cpu.doubles(1)), scenario, new L2(1e6, Anchor.PROXIMAL))
                                .matrix()
                                .score(2, 0)
                        > 0.9,
                "the proximal step holds the first task");
    }
}
