package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.data.Digits;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.loss.PinballLoss;
import touchstone.nn.optim.Schedule;
import touchstone.nn.optim.Sgd;

class TrainerTest {
    private static final Digits.Split DIGITS = Digits.load().split(0.7, 1);

    /** Chance is 0.1; a network that reads digits at all is right in more than 94 of 100. */
    @Test
    void aPerceptronReadsDigits() {
        assertEquals(1, accuracy(Networks.perceptron(Cpu.floats(), 1), 20), 0.06);
    }

    @Test
    void aConvolutionalNetworkReadsDigits() {
        assertEquals(1, accuracy(Networks.image(Cpu.floats(), 1), 12), 0.06);
    }

    private static double accuracy(Network network, int epochs) {
        Digits train = DIGITS.train();
        Trainer.defaults()
                .withEpochs(epochs)
                .fit(network, network.tensor(Networks.pixels(train)), CrossEntropy.of(train.labels()));
        double[][] logits =
                network.logits(network.tensor(Networks.pixels(DIGITS.test()))).toMatrix();
        int[] labels = DIGITS.test().labels();
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            double most = Arrays.stream(logits[i]).max().orElseThrow();
            right += logits[i][labels[i]] == most ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /** Next token = 5 x + 3 modulo 8: a function of the present token alone, so the loss can go to 0. */
    @Test
    void aDecoderLearnsAMap() {
        var ids = new double[64][8];
        var next = new int[64 * 8];
        for (int i = 0; i < ids.length; i++) {
            for (int t = 0; t < 8; t++) {
                ids[i][t] = (i * 7 + t * (i % 5 + 1)) % 8;
                next[i * 8 + t] = ((((int) ids[i][t]) * 5) + 3) % 8;
            }
        }
        Network network = Networks.language(Cpu.floats(), 2);
        double[] losses =
                Trainer.defaults().withEpochs(80).fit(network, network.tensor(ids), CrossEntropy.sequences(next, 8));
        assertTrue(losses[0] > 1.5, "log 8 is 2.08, started at " + losses[0]);
        assertTrue(losses[79] < 0.1, "ended at " + losses[79]);
    }

    /** Least squares has a closed form: y = 2 a - 3 b + 1 without noise. */
    @Test
    void descentFindsTheLine() {
        double[][] x = GradientCheck.normal(50, 2, 1);
        double[][] y = Arrays.stream(x)
                .map(r -> new double[] {2 * r[0] - 3 * r[1] + 1})
                .toArray(double[][]::new);
        Network network = Network.of(Cpu.doubles(1), 1, 2, Dense.of(1));
        Trainer.defaults()
                .withOptimizer(Sgd.defaults(), Schedule.constant(0.05))
                .withEpochs(200)
                .fit(network, network.tensor(x), MeanSquaredError.of(y));
        double[][] weight = network.parameters().get(0).value().toMatrix();
        assertEquals(2, weight[0][0], 1e-6); // linear convergence, far below after 400 steps
        assertEquals(-3, weight[1][0], 1e-6);
        assertEquals(1, network.parameters().get(1).value().get(0, 0), 1e-6);
    }

    /** A constant alone: the quantiles of 0, 1, .., 100 are 10 and 75; 0.3 is three steps of the last rate. */
    @Test
    void pinballFindsQuantiles() {
        double[] targets = IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray();
        Network network = Network.of(Cpu.doubles(1), 1, 1, Dense.of(2));
        Trainer.defaults()
                .withOptimizer(Sgd.defaults(), Schedule.constant(0.1))
                .withBatch(101)
                .withEpochs(20_000)
                .fit(network, network.tensor(new double[101][1]), PinballLoss.of(targets, 0.1, 0.75));
        double[] found = network.logits(network.tensor(new double[1][1])).toMatrix()[0];
        assertEquals(10, found[0], 0.3);
        assertEquals(75, found[1], 0.3);
    }

    @Test
    void equalSeedsGiveEqualBitsAndOthersDoNot() {
        assertArrayEquals(losses(1, 1), losses(1, 1));
        assertFalse(Arrays.equals(losses(1, 1), losses(1, 2)));
        assertFalse(Arrays.equals(losses(1, 1), losses(2, 1)));
    }

    private static double[] losses(long weights, long order) {
        Network network = Networks.image(Cpu.floats(), weights);
        Digits few = DIGITS.train().select(GradientCheck.all(100));
        return Trainer.defaults()
                .withEpochs(2)
                .withSeed(order)
                .fit(network, network.tensor(Networks.pixels(few)), CrossEntropy.of(few.labels()));
    }

    @Test
    void aLossThatRunsAwayIsNamed() {
        double[][] x = {{1e3, 1}, {-1e3, 2}};
        Network network = Network.of(Cpu.floats(), 1, 2, Dense.of(1));
        var trainer = Trainer.defaults()
                .withOptimizer(Sgd.defaults(), Schedule.constant(10))
                .withEpochs(100);
        var thrown = assertThrows(
                ArithmeticException.class,
                () -> trainer.fit(network, network.tensor(x), MeanSquaredError.of(new double[][] {{1}, {2}})));
        assertTrue(thrown.getMessage().startsWith("the loss must stay finite, was "), thrown.getMessage());
    }

    /** Rows of an example stay together in every batch, in their order, and each example comes once an epoch. */
    @Test
    void examplesOfSeveralRowsStayTogether() {
        Network network =
                Network.of(Cpu.doubles(1), 1, 1, touchstone.nn.layer.Dense.of(1).withBias(false));
        double[][] rows = {{10}, {11}, {20}, {21}, {30}, {31}};
        var seen = new java.util.TreeSet<Integer>();
        double weight = network.parameters().get(0).value().get(0, 0);
        touchstone.nn.loss.Loss check = (outputs, examples, w, gradient) -> {
            outputs.demand(2 * examples.length, 1, "outputs");
            for (int i = 0; i < examples.length; i++) {
                assertEquals(weight * rows[2 * examples[i]][0], outputs.get(2 * i, 0), 1e-12); // one product
                assertEquals(weight * rows[2 * examples[i] + 1][0], outputs.get(2 * i + 1, 0), 1e-12);
                seen.add(examples[i]);
            }
            return 0;
        };
        Trainer trainer = Trainer.defaults()
                .withEpochs(1)
                .withBatch(2)
                .withOptimizer(
                        touchstone.nn.optim.AdamW.defaults().withDecay(0), touchstone.nn.optim.Schedule.constant(1e-3));
        trainer.fit(network, network.tensor(rows), check, 2);
        assertEquals(java.util.Set.of(0, 1, 2), seen);
        assertEquals(
                "x must have a multiple of 4 rows, so many an example, had 6",
                assertThrows(IllegalArgumentException.class, () -> trainer.fit(network, network.tensor(rows), check, 4))
                        .getMessage());
    }
}
