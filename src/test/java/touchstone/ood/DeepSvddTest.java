package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.metrics.Auroc;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Dense;
import touchstone.nn.optim.Schedule;
import touchstone.nn.optim.Sgd;
import touchstone.testing.Golden;

class DeepSvddTest {
    private static final INDArray TRAIN = DetectorGoldens.csv("synth/train_features");

    private static double meanScore(int epochs) {
        DeepSvdd d = DeepSvdd.defaults();
        double[] scores = d.withTrainer(d.trainer().withEpochs(epochs))
                .fit(Batch.of(TRAIN))
                .score(TRAIN);
        return Vectors.sum(scores) / scores.length;
    }

    /** Training does what it is for: the objective on the training rows falls. */
    @Test
    void trainingBringsTheRowsNearTheCentre() {
        assertTrue(meanScore(40) < 0.5 * meanScore(1), meanScore(40) + " after " + meanScore(1));
    }

    /**
     * Without biases phi of a standardised row is homogeneous, {@code phi(t x) = t phi(x)}: along a ray from the mean the score is a
     * quadratic, whose third differences vanish; and at the mean it is {@code |c|^2}, each of whose terms is 0.01 or more.
     */
    @Test
    void noBiasAndACentreAwayFromZero() {
        Scorer scorer = DeepSvdd.defaults().fit(Batch.of(TRAIN));
        double[] mean = Vectors.mean(Golden.csv("ood/synth/train_features.csv"));
        var ray = new double[5][16];
        for (int t = 0; t < 5; t++) {
            for (int j = 0; j < 16; j++) {
                ray[t][j] = mean[j] + t * Math.cos(j);
            }
        }
        double[] s = scorer.score(Nd4j.createFromArray(ray));
        assertEquals(0, s[4] - 3 * s[3] + 3 * s[2] - s[1], 1e-4 * s[4]); // inputs are rounded to float32
        assertTrue(s[0] >= 16 * 0.01 * (1 - 1e-3), "|c|^2 was " + s[0]);
    }

    @Test
    void theLossHasItsGradient() {
        Network network = Network.of(Cpu.doubles(1), 1, 3, Dense.of(2).withBias(false));
        Tensor phi = network.tensor(new double[][] {{1, 2}, {-1, 0.5}, {0, 3}});
        Tensor gradient = network.tensor(new double[3][2]);
        var loss = DeepSvdd.loss(0.3, -0.7);
        assertEquals((0.49 + 7.29 + 1.69 + 1.44 + 0.09 + 13.69) / 3, loss.add(phi, new int[3], 1, gradient), 1e-12);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                double v = phi.get(i, j);
                phi.set(i, j, v + 1e-4);
                double up = loss.add(phi, new int[3], 1, network.tensor(new double[3][2]));
                phi.set(i, j, v - 1e-4);
                double down = loss.add(phi, new int[3], 1, network.tensor(new double[3][2]));
                phi.set(i, j, v);
                assertEquals((up - down) / 2e-4, gradient.get(i, j), 1e-9); // a quadratic: rounding alone
            }
        }
    }

    @Test
    void theSeedDecides() {
        DeepSvdd d =
                DeepSvdd.defaults().withTrainer(DeepSvdd.defaults().trainer().withEpochs(3));
        double[] one = d.fit(Batch.of(TRAIN)).score(TRAIN);
        assertArrayEquals(one, d.fit(Batch.of(TRAIN)).score(TRAIN), 0);
        double[] other =
                d.withTrainer(d.trainer().withSeed(2)).fit(Batch.of(TRAIN)).score(TRAIN);
        assertNotEquals(Arrays.toString(one), Arrays.toString(other));
    }

    /** Chance would be 0.5; the bar leaves room for what a small network without pretraining can do. */
    @Test
    void noticesUnseenDigits() {
        Scorer scorer = DeepSvdd.defaults().fit(Batch.of(DetectorGoldens.csv("digits/train_pixels")));
        double auroc = Auroc.of(
                scorer.score(DetectorGoldens.csv("digits/id_pixels")),
                scorer.score(DetectorGoldens.csv("digits/ood_pixels")));
        assertTrue(auroc > 0.6, "AUROC was " + auroc);
    }

    @Test
    void refusesWhatCannotBeTrained() {
        assertEquals(
                "outputs must be at least 1, was 0",
                assertThrows(IllegalArgumentException.class, () -> DeepSvdd.defaults()
                                .withOutputs(0))
                        .getMessage());
        assertEquals(
                "features rounded to float32[0][1] must be a finite number, was Infinity",
                assertThrows(IllegalArgumentException.class, () -> DeepSvdd.defaults()
                                .fit(Batch.of(Nd4j.createFromArray(new double[][] {{1, 1e200}, {2, 1}}))))
                        .getMessage());
        DeepSvdd d = DeepSvdd.defaults();
        var wild = d.withTrainer(d.trainer().withOptimizer(Sgd.defaults(), Schedule.constant(1e6)));
        assertTrue(assertThrows(ArithmeticException.class, () -> wild.fit(Batch.of(TRAIN)))
                .getMessage()
                .contains("lower the learning rate"));
        INDArray equal = Nd4j.createFromArray(new double[][] {{1, 1}, {1, 1}});
        assertEquals(
                "features must vary, each of the 2 columns had one value in all 2 rows",
                assertThrows(IllegalArgumentException.class, () -> d.fit(Batch.of(equal)))
                        .getMessage());
    }
}
