package touchstone.continual.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import touchstone.continual.strategy.Analytic;
import touchstone.continual.strategy.Balance;
import touchstone.continual.strategy.Ewc;
import touchstone.continual.strategy.FeatureDistillation;
import touchstone.continual.strategy.FromScratch;
import touchstone.continual.strategy.LocalSoftmax;
import touchstone.continual.strategy.Naive;
import touchstone.continual.strategy.Plateau;
import touchstone.continual.strategy.Replay;
import touchstone.continual.strategy.Strategy;
import touchstone.continual.strategy.TaskFreeMas;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Optimizer;
import touchstone.nn.optim.Sgd;

class CheckpointTest {
    @TempDir
    Path folder;

    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static ContinualTrainer trainer(Optimizer optimizer) {
        return new ContinualTrainer(optimizer, 0.05, 2, 10, true, 1);
    }

    private static Scenario scenario() {
        return ContinualTrainerTest.blobs(Cpu.doubles(1)).permuted(4, 1, 7);
    }

    private static double[][] weights(Network network) {
        return network.parameters().stream()
                .flatMap(p -> Stream.of(p.value().toMatrix()))
                .toArray(double[][]::new);
    }

    /** Cut off within the third task, and gone on with a network of the same first weights. */
    private void assertResumesWithIdenticalBits(Strategy strategy, Optimizer optimizer) throws IOException {
        Network whole = ContinualTrainerTest.small(Cpu.doubles(1));
        ContinualRun expected = trainer(optimizer).run(whole, scenario(), strategy);
        Watch watch = Watch.none()
                .withCheckpoint(Files.createTempDirectory(folder, "c").resolve("run.bin"));
        Network cut = ContinualTrainerTest.small(Cpu.doubles(1));
        Watch cutting = watch.withListener(step -> {
            if (step.task() == 2 && step.update() % 3 == 0) {
                throw new Cut();
            }
        });
        assertThrows(Cut.class, () -> trainer(optimizer).run(cut, scenario(), strategy, cutting));
        Network resumed = ContinualTrainerTest.small(Cpu.doubles(1));
        var tasks = new ArrayList<Integer>();
        ContinualRun run = trainer(optimizer)
                .run(resumed, scenario(), strategy, watch.withListener(step -> tasks.add(step.task())));
        assertEquals(2, tasks.get(0));
        assertEquals(expected.matrix(), run.matrix());
        assertEquals(expected.curves(), run.curves());
        assertArrayEquals(expected.untrained(), run.untrained());
        assertArrayEquals(weights(whole), weights(resumed));
        assertEquals(expected.cost().forward(), run.cost().forward());
        assertEquals(expected.cost().backward(), run.cost().backward());
        assertEquals(expected.cost().peak(), run.cost().peak());
        assertEquals(expected.updates(), run.updates());
    }

    @TestFactory
    Stream<DynamicTest> everyStrategyResumesWithIdenticalBits() {
        var all = new ArrayList<>(ContinualTrainerTest.ALL);
        all.add(FeatureDistillation.defaults());
        all.add(Analytic.defaults().withWidth(20).withBalance(Balance.REWEIGHTED));
        all.add(FromScratch.defaults());
        all.add(new LocalSoftmax(Ewc.defaults().withDecay(0.5)));
        all.add(Replay.defaults().withCapacity(7));
        all.add(TaskFreeMas.defaults().withPlateau(new Plateau(2, 5, 5)));
        return all.stream()
                .map(s -> DynamicTest.dynamicTest(
                        s.toString(), () -> assertResumesWithIdenticalBits(s, new Sgd(0.9, 0.01))));
    }

    @Test
    void momentsResume() throws IOException {
        assertResumesWithIdenticalBits(new Naive(), AdamW.defaults());
    }

    @Test
    void aFinishedRunIsReadNotRepeated() {
        Watch watch = Watch.none().withCheckpoint(folder.resolve("done.bin"));
        Network network = ContinualTrainerTest.small(Cpu.doubles(1));
        ContinualRun run = trainer(new Sgd(0, 0)).run(network, scenario(), new Naive(), watch);
        ContinualRun again = trainer(new Sgd(0, 0))
                .run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario(), new Naive(), watch.withListener(step -> {
                    throw new Cut();
                }));
        assertEquals(run.matrix(), again.matrix());
        assertEquals(run.cost(), again.cost());
    }

    @Test
    void anotherRunsCheckpointIsRefused() {
        Path file = folder.resolve("other.bin");
        Watch watch = Watch.none().withCheckpoint(file);
        trainer(new Sgd(0, 0)).run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario(), new Naive(), watch);
        assertRefused("strategy of " + file + " must be Replay[", () -> trainer(new Sgd(0, 0))
                .run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario(), Replay.defaults(), watch));
        assertRefused("trainer of " + file + " must be ContinualTrainer[", () -> trainer(new Sgd(0.5, 0))
                .run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario(), new Naive(), watch));
        Scenario others = ContinualTrainerTest.blobs(Cpu.doubles(1)).permuted(4, 1, 8);
        assertRefused("scenario of " + file + " must be ", () -> trainer(new Sgd(0, 0))
                .run(ContinualTrainerTest.small(Cpu.doubles(1)), others, new Naive(), watch));
    }

    private static void assertRefused(String start, Runnable run) {
        var thrown = assertThrows(IllegalArgumentException.class, run::run);
        assertTrue(thrown.getMessage().startsWith(start), thrown.getMessage());
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        Path file = folder.resolve("damaged.bin");
        Watch watch = Watch.none().withCheckpoint(file);
        trainer(new Sgd(0, 0)).run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario(), new Naive(), watch);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        var thrown = assertThrows(UncheckedIOException.class, () -> trainer(new Sgd(0, 0))
                .run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario(), new Naive(), watch));
        assertTrue(thrown.getMessage().contains("corrupt"), thrown.getMessage());
        assertEquals(
                List.of("damaged.bin"),
                Stream.of(folder.toFile().list())
                        .filter(n -> n.contains("damaged"))
                        .toList());
    }

    /** One epoch of 60 rows, 20 a task, and what the strategy adds. */
    @Test
    void theCostIsThatOfTheRowsThatPass() {
        Scenario scenario = ContinualTrainerTest.blobs(Cpu.doubles(1)).classIncremental(1);
        ContinualTrainer trainer = ContinualTrainer.defaults().withEpochs(1);
        Cost naive = trainer.run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario, new Naive())
                .cost();
        assertEquals(60, naive.forward());
        assertEquals(60, naive.backward());
        assertEquals(0, naive.peak());
        Cost ewc = trainer.run(ContinualTrainerTest.small(Cpu.doubles(1)), scenario, Ewc.defaults())
                .cost();
        assertEquals(60 + 60 * 3, ewc.backward(), "each row once a class for the exact Fisher information");
        assertEquals(2L * ContinualTrainerTest.small(Cpu.doubles(1)).trainedSize(), ewc.peak());
    }
}
