package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import touchstone.continual.Labelled;
import touchstone.continual.scenario.ContinualRun;
import touchstone.continual.scenario.ContinualTrainer;
import touchstone.continual.scenario.Phase;
import touchstone.continual.scenario.Scenario;
import touchstone.continual.scenario.Scenario.Kind;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.util.Seeds;

/** Streams that are too short, too few or too poor: every strategy goes through them and gives documented figures. */
class HardStreamsTest {
    private static final Backend BACKEND = Cpu.doubles(1);

    /** All strategies, and those with a memory with none. */
    private static Map<String, Strategy> strategies() {
        var all = new LinkedHashMap<>(Strategies.all());
        all.put("ER, empty memory", Replay.defaults().withCapacity(0));
        all.put("class-balanced ER, empty memory", new Replay(0, 10, MemoryPolicy.CLASS_BALANCED));
        all.put("DER++, empty memory", DarkReplay.defaults().withCapacity(0));
        all.put("A-GEM, empty memory", AGem.defaults().withCapacity(0));
        all.put("refresh, empty memory", Refresh.of(Replay.defaults().withCapacity(0)));
        all.put("GDumb, memory of one", GDumb.defaults().withCapacity(1));
        all.put("iCaRL, memory of one", Icarl.defaults().withCapacity(1));
        all.put("GEM, memory of one", Gem.defaults().withPerTask(1));
        return all;
    }

    /** Rows of three columns around their class's axis. */
    private static Labelled rows(int... labels) {
        var x = BACKEND.zeros(labels.length, 3);
        var random = Seeds.rng(2, "hard streams");
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < 3; j++) {
                x.set(i, j, (j == labels[i] ? 1 : 0) + 0.1 * random.nextGaussian());
            }
        }
        return new Labelled(x, labels);
    }

    private static Scenario scenario(Kind kind, Phase... phases) {
        return new Scenario(kind, "hard", List.of(phases));
    }

    private static Phase phase(int... labels) {
        return new Phase(rows(labels), rows(labels));
    }

    private static ContinualRun run(Strategy strategy, Scenario scenario) {
        Network network = Network.of(BACKEND, 1, 3, Dense.of(6), Activate.relu(), Dense.of(3));
        return ContinualTrainer.defaults().withEpochs(3).withEveryUpdate(true).run(network, scenario, strategy);
    }

    private static Stream<DynamicTest> each(Scenario scenario, java.util.function.Consumer<ContinualRun> check) {
        var tests = new ArrayList<DynamicTest>();
        strategies()
                .forEach((name, s) -> tests.add(DynamicTest.dynamicTest(name, () -> {
                    ContinualRun run = run(s, scenario);
                    check.accept(run);
                    run.matrix().figures().forEach((metric, v) -> assertTrue(!Double.isInfinite(v), metric + " " + v));
                    run.curves()
                            .orElseThrow()
                            .summary()
                            .figures()
                            .forEach((metric, v) -> assertTrue(!Double.isInfinite(v), metric + " " + v));
                })));
        return tests.stream();
    }

    private static void assertInUnit(double accuracy) {
        assertTrue(accuracy >= 0 && accuracy <= 1, "accuracy " + accuracy);
    }

    @TestFactory
    Stream<DynamicTest> oneTask() {
        return each(scenario(Kind.CLASS_INCREMENTAL, phase(0, 1, 2, 0, 1, 2)), run -> {
            assertInUnit(run.matrix().averageAccuracy());
            assertEquals(Double.NaN, run.matrix().backwardTransfer());
            assertEquals(Double.NaN, run.forwardTransfer());
            assertEquals(Double.NaN, run.curves().orElseThrow().meanGapDepth());
        });
    }

    @TestFactory
    Stream<DynamicTest> oneExampleOfOneClassATask() {
        return each(scenario(Kind.CLASS_INCREMENTAL, phase(0), phase(1), phase(2)), run -> {
            assertEquals(3 * 3, run.updates(), "a stream shorter than a batch is one step");
            assertInUnit(run.matrix().averageAccuracy());
        });
    }

    @TestFactory
    Stream<DynamicTest> aClassThatComesOnce() {
        return each(
                scenario(Kind.TASK_FREE, phase(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), phase(0, 0, 2)),
                run -> assertInUnit(run.matrix().averageAccuracy()));
    }

    @TestFactory
    Stream<DynamicTest> aTaskWithoutTests() {
        var unseen = new Phase(rows(1, 1), rows());
        return each(scenario(Kind.TASK_INCREMENTAL, phase(0, 2), unseen, phase(1, 2)), run -> {
            assertEquals(Double.NaN, run.matrix().score(2, 1));
            assertEquals(Double.NaN, run.untrained()[1]);
            assertInUnit(run.matrix().averageAccuracy());
        });
    }

    @TestFactory
    Stream<DynamicTest> inputsOfZero() {
        var zeros = new Labelled(BACKEND.zeros(4, 3), new int[] {0, 1, 0, 1});
        var phase = new Phase(zeros, zeros);
        return each(scenario(Kind.DOMAIN_INCREMENTAL, phase, phase), run -> {
            assertEquals(0.5, run.matrix().averageAccuracy(), "one answer for equal inputs");
            assertEquals(0, run.matrix().backwardTransfer());
        });
    }

    @Test
    void whatCannotBeLearnedIsSaid() {
        var empty = new Phase(rows(), rows());
        assertEquals(
                "training examples of task 0 must not be empty, had 0 elements",
                message(() -> scenario(Kind.CLASS_INCREMENTAL, empty)));
        assertEquals(
                "the network must have an output for each of the 4 classes, had 3",
                message(() -> run(new Naive(), scenario(Kind.CLASS_INCREMENTAL, phase(3)))));
        assertEquals("capacity must be at least 0, was -1", message(() -> Replay.defaults()
                .withCapacity(-1)));
        assertEquals("capacity must be at least 1, was 0", message(() -> GDumb.defaults()
                .withCapacity(0)));
    }

    private static String message(Runnable bad) {
        return assertThrows(IllegalArgumentException.class, bad::run).getMessage();
    }
}
