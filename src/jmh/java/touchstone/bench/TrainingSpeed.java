package touchstone.bench;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.nn.Backend;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.Trainer;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Attention;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Embedding;
import touchstone.nn.layer.LayerNorm;
import touchstone.nn.layer.Residual;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.AdamW;
import touchstone.util.Seeds;

/**
 * Speed of training, for a comparison with the same networks elsewhere: a perceptron 64-100-10 on 1,797 rows in batches of 32 and
 * 256, and a decoder of 2 blocks, width 64, 4 heads, 64 tokens, batch 32. Arguments: threads. Prints a line a round.
 */
public final class TrainingSpeed {
    private static final int ROWS = 1797;

    private TrainingSpeed() {}

    /** Runs all. */
    public static void main(String[] args) {
        Backend backend = Cpu.floats(Integer.parseInt(args[0]));
        for (int batch : new int[] {32, 256}) {
            perceptron(backend, batch);
        }
        decoder(backend);
    }

    private static void perceptron(Backend backend, int batch) {
        Network network = Network.of(backend, 1, 64, Dense.of(100), Activate.relu(), Dense.of(10));
        Tensor x = network.tensor(rows());
        var labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i * 7 % 10;
        }
        Trainer trainer = Trainer.defaults().withBatch(batch).withEpochs(30);
        Loss loss = CrossEntropy.of(labels);
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            trainer.fit(network, x, loss);
            double seconds = (System.nanoTime() - start) / 1e9;
            print("perceptron, batch %d: %.0f samples/s", batch, 30 * ROWS / seconds);
        }
    }

    private static double[][] rows() {
        RandomGenerator rng = Seeds.rng(1, "speed");
        return IntStream.range(0, ROWS).mapToObj(i -> rng.doubles(64).toArray()).toArray(double[][]::new);
    }

    private static void decoder(Backend backend) {
        Layer.Spec mix = Residual.of(LayerNorm.defaults(), new Attention(4, 64, true));
        Layer.Spec widen = Residual.of(LayerNorm.defaults(), Dense.of(256), Activate.gelu(), Dense.of(64));
        Embedding table = Embedding.of(64, 64).withPositions();
        Dense head = Dense.of(64).withBias(false);
        Network network = Network.of(backend, 1, 64, table, mix, widen, mix, widen, LayerNorm.defaults(), head);
        Tensor ids = backend.zeros(32, 64);
        var next = new int[32 * 64];
        for (int i = 0; i < next.length; i++) {
            ids.set(i / 64, i % 64, i * 31 % 61 % 64);
            next[i] = (i * 31 % 61 * 5 + 3) % 64;
        }
        var stepper = AdamW.defaults().start(backend, network.parameters());
        Loss loss = CrossEntropy.sequences(next, 64);
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            double value = 0;
            for (int step = 0; step < 10; step++) {
                network.clearGradients();
                value = network.accumulate(ids, IntStream.range(0, 32).toArray(), loss, Pass.training(1, step));
                stepper.step(1e-3);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            print("decoder: %.1f ms/step, %.0f tokens/s, loss %.3f", seconds * 100, 10 * 2048 / seconds, value);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
