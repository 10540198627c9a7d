package touchstone.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import touchstone.continual.AccuracyMatrix;
import touchstone.continual.scenario.ContinualRun;
import touchstone.continual.scenario.ContinualTrainer;
import touchstone.continual.scenario.Scenario;
import touchstone.continual.scenario.Source;
import touchstone.continual.strategy.Ewc;
import touchstone.continual.strategy.FromScratch;
import touchstone.continual.strategy.Naive;
import touchstone.continual.strategy.Replay;
import touchstone.continual.strategy.Strategy;
import touchstone.data.Digits;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.util.Seeds;

/**
 * The reference protocol of continual learning on digits: class-incremental by two and five permutations; naive, replay, EWC and joint
 * training; three seeds. Prints a line a run: scenario, method, seed, round, seconds, average accuracy. Then the milliseconds of all figures
 * of a 1,000-task matrix. Arguments: rounds; the first is cold.
 */
public final class ContinualSpeed {
    private static final Map<String, Strategy> METHODS = new TreeMap<>(Map.of(
            "naive", new Naive(),
            "er", Replay.defaults(),
            "ewc", Ewc.defaults(),
            "joint", FromScratch.defaults()));

    private ContinualSpeed() {}

    /** Runs all. */
    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[0]);
        for (int round = 0; round < rounds; round++) {
            for (int seed = 0; seed < 3; seed++) {
                Backend backend = Cpu.floats();
                Source digits = digits(backend, seed);
                run("split", digits.classIncremental(2), 5, backend, seed, round);
                run("permuted", digits.permuted(5, 1, seed), 10, backend, seed, round);
            }
        }
        for (int round = 0; round < 10; round++) {
            System.out.printf("matrix figures %d %d %.2f%n", 0, round, figures());
        }
    }

    private static void run(String name, Scenario scenario, int epochs, Backend backend, int seed, int round) {
        Scenario joint = scenario.joint(backend);
        METHODS.forEach((method, strategy) -> {
            Network network = network(backend, seed);
            ContinualTrainer trainer =
                    ContinualTrainer.defaults().withEpochs(epochs).withSeed(seed);
            long start = System.nanoTime();
            ContinualRun run = trainer.run(network, method.equals("joint") ? joint : scenario, strategy);
            double seconds = (System.nanoTime() - start) * 1e-9;
            System.out.printf(
                    "%s %s %d %d %.4f %.6f%n",
                    name, method, seed, round, seconds, run.matrix().averageAccuracy());
        });
    }

    private static Source digits(Backend backend, int seed) {
        var split = Digits.load().split(0.8, seed);
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

    /** Weights and biases uniform within one over the root of a layer's inputs, as the peers start. */
    private static Network network(Backend backend, int seed) {
        Network network = Network.of(backend, seed, 64, Dense.of(100), Activate.relu(), Dense.of(10));
        RandomGenerator random = Seeds.rng(seed, "reference weights");
        for (int i = 0; i < 4; i++) {
            Parameter p = network.parameters().get(i);
            double bound = 1 / Math.sqrt(i < 2 ? 64 : 100);
            for (int r = 0; r < p.value().rows(); r++) {
                for (int c = 0; c < p.value().columns(); c++) {
                    p.value().set(r, c, (2 * random.nextDouble() - 1) * bound);
                }
            }
        }
        return network;
    }

    private static double figures() {
        RandomGenerator random = Seeds.rng(1, "matrix");
        var scores = new double[1000][1000];
        for (double[] row : scores) {
            Arrays.setAll(row, j -> random.nextDouble());
        }
        long start = System.nanoTime();
        Object table = AccuracyMatrix.of(scores).table();
        double milliseconds = (System.nanoTime() - start) * 1e-6;
        return table.hashCode() == 0 ? 0 : milliseconds;
    }
}
