package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import touchstone.nn.Activation;
import touchstone.nn.Backend;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Trainer;
import touchstone.nn.Window;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Attention;
import touchstone.nn.layer.BatchNorm;
import touchstone.nn.layer.Convolution;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Dropout;
import touchstone.nn.layer.Embedding;
import touchstone.nn.layer.LayerNorm;
import touchstone.nn.layer.Pool;
import touchstone.nn.layer.Residual;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.Schedule;
import touchstone.nn.optim.Sgd;
import touchstone.util.Seeds;

/**
 * Whole trainings on the stub driver: the losses of each epoch are those of the processor within 1e-4. A step differs by rounding of
 * float32, about 1e-6; some tens of steps let it grow tenfold.
 */
class CudaTrainingTest {
    private static final double CLOSE = 1e-4;
    private static final int EXAMPLES = 24;
    private static final CudaBackend CARD = Stub.backend();

    @AfterAll
    static void nothingIsWrittenPastAnEnd() {
        assertEquals(0, Stub.calls().stub_torn());
        CARD.close();
    }

    private static double[][] inputs(int columns, int values) {
        RandomGenerator rng = Seeds.rng(31, "inputs");
        var x = new double[EXAMPLES][columns];
        for (double[] row : x) {
            for (int j = 0; j < columns; j++) {
                row[j] = values > 0 ? rng.nextInt(values) : rng.nextGaussian();
            }
        }
        return x;
    }

    private static int[] labels(int rows, int classes) {
        RandomGenerator rng = Seeds.rng(32, "labels");
        var labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = rng.nextInt(classes);
        }
        return labels;
    }

    private static double[] losses(Backend backend, Trainer trainer, double[][] x, Loss loss, Layer.Spec... layers) {
        Network network = Network.of(backend, 3, x[0].length, layers);
        return trainer.withBatch(7).fit(network, network.tensor(x), loss);
    }

    private static void assertLearnsAlike(Trainer trainer, double[][] x, Loss loss, Layer.Spec... layers) {
        double[] expected = losses(Cpu.floats(1), trainer, x, loss, layers);
        double[] found = losses(CARD, trainer, x, loss, layers);
        assertArrayEquals(expected, found, CLOSE);
        assertTrue(expected[expected.length - 1] < 0.95 * expected[0], "nothing was learnt: " + expected[0]);
        assertArrayEquals(found, losses(CARD, trainer, x, loss, layers), 0); // the same bits again
    }

    @Test
    void aPerceptronLearnsAlike() {
        assertLearnsAlike(
                Trainer.defaults().withEpochs(8).withClip(1),
                inputs(13, 0),
                CrossEntropy.of(labels(EXAMPLES, 3)),
                Dense.of(19),
                new Activate(Activation.TANH),
                new Dropout(0.1),
                Dense.of(3));
    }

    @Test
    void aPerceptronLearnsAlikeByMomentum() {
        assertLearnsAlike(
                Trainer.defaults()
                        .withOptimizer(Sgd.defaults(), Schedule.constant(0.05))
                        .withEpochs(8),
                inputs(13, 0),
                CrossEntropy.of(labels(EXAMPLES, 3)),
                Dense.of(19),
                Activate.relu(),
                Dense.of(3));
    }

    @Test
    void aConvolutionalNetworkLearnsAlike() {
        assertLearnsAlike(
                Trainer.defaults().withEpochs(6),
                inputs(36, 0),
                CrossEntropy.of(labels(EXAMPLES, 3)),
                Convolution.of(new Window(6, 6, 1, 3, 1, 1), 4),
                BatchNorm.defaults().withChannels(4),
                Activate.relu(),
                Pool.max(new Window(6, 6, 4, 2, 2, 0)),
                Dense.of(3));
    }

    /** A decoder of one block, 5 steps of 7 tokens; the next token is random, and learnt by heart. */
    @Test
    void aTransformerLearnsAlike() {
        int steps = 5;
        assertLearnsAlike(
                Trainer.defaults().withEpochs(8),
                inputs(steps, 7),
                CrossEntropy.sequences(labels(EXAMPLES * steps, 7), steps),
                Embedding.of(7, 12).withPositions(),
                Residual.of(LayerNorm.defaults(), new Attention(3, steps, true)),
                Residual.of(LayerNorm.defaults(), Dense.of(24), Activate.gelu(), Dense.of(12)),
                LayerNorm.defaults(),
                Dense.of(7).withBias(false));
    }
}
