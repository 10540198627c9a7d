package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.continual.scenario.ContinualTrainer;
import touchstone.continual.scenario.Source;
import touchstone.data.DigitSentences;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.CrossEntropy;

class SemanticTargetsTest {
    private static final double[][] TARGETS = {{3, 4}, {-1, 0}, {0, -2}};
    private static final double[][] X = {{0.3, -1, 0.7}, {1, 0.5, -0.2}, {-0.4, 0.8, 0.1}};

    private static Network network(SemanticTargets head) {
        return Network.of(Cpu.doubles(1), 5, 3, Dense.of(4), Activate.tanh(), Dense.of(2), head);
    }

    @Test
    void logitsAreScaledCosinesOrProducts() {
        Network network = network(SemanticTargets.of(TARGETS));
        double[][] h = network.features(network.tensor(X)).toMatrix();
        double[][] cosines = network.logits(network.tensor(X)).toMatrix();
        double[][] products = network(
                        SemanticTargets.of(TARGETS).withCosine(false).withScale(2))
                .logits(network.tensor(X))
                .toMatrix();
        for (int i = 0; i < X.length; i++) {
            double length = Math.hypot(h[i][0], h[i][1]);
            double product = 0.6 * h[i][0] + 0.8 * h[i][1]; // the first target at unit length
            assertEquals(10 * product / length, cosines[i][0], 1e-9); // 1e-12 is added to the squared length
            assertEquals(-10 * h[i][0] / length, cosines[i][1], 1e-9);
            assertEquals(2 * product, products[i][0], 1e-14);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientAgreesWithCentralDifferences(boolean cosine) {
        Network network = network(SemanticTargets.of(TARGETS).withCosine(cosine).withScale(3));
        CrossEntropy loss = CrossEntropy.of(0, 1, 2);
        int[] rows = {0, 1, 2};
        Tensor x = network.tensor(X);
        double[][] found = network.inputGradient(x, rows, loss).toMatrix();
        double step = 1e-5;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                x.set(i, j, X[i][j] + step);
                double up = network.loss(x, rows, loss);
                x.set(i, j, X[i][j] - step);
                double down = network.loss(x, rows, loss);
                x.set(i, j, X[i][j]);
                assertEquals((up - down) / (2 * step), found[i][j], 1e-8); // step squared, times 100
            }
        }
    }

    @Test
    void nothingInItIsTrainedAndCopiesAgree() {
        Network network = network(SemanticTargets.of(TARGETS));
        assertEquals(3 * 4 + 4 + 4 * 2 + 2, network.trainedSize());
        assertTrue(network.head().isEmpty());
        assertArrayEquals(
                network.logits(network.tensor(X)).toMatrix()[1],
                network.copy().logits(network.tensor(X)).toMatrix()[1],
                0);
        assertEquals(SemanticTargets.of(TARGETS), SemanticTargets.of(TARGETS));
        assertEquals(
                SemanticTargets.of(TARGETS).toString(),
                SemanticTargets.of(TARGETS).toString());
    }

    @Test
    void strategiesLearnTowardsTargetsAlsoOfAClassThatAppearsOnce() {
        double[][] rows = new double[41][];
        int[] labels = new int[41];
        for (int i = 0; i < 41; i++) {
            labels[i] = i == 40 ? 2 : i % 2;
            rows[i] = new double[] {labels[i] == 0 ? 1 : -1, labels[i] == 2 ? 2 : 0, 0.01 * i};
        }
        Source source = Source.of(Cpu.doubles(1), rows, labels, rows, labels);
        var run = ContinualTrainer.defaults()
                .withEpochs(20)
                .run(network(SemanticTargets.of(TARGETS)), source.classIncremental(2), Replay.defaults());
        assertEquals(1, run.matrix().averageAccuracy(), 0);
        var one = ContinualTrainer.defaults()
                .run(network(SemanticTargets.of(TARGETS)), source.permuted(1, 1, 1), Ewc.defaults());
        assertEquals(1, one.matrix().tasks());
    }

    @Test
    void featuresOfLengthZeroHaveLogitsOfZero() {
        Network network = Network.of(Cpu.doubles(1), 1, 2, SemanticTargets.of(TARGETS));
        assertArrayEquals(
                new double[3],
                network.logits(network.tensor(new double[][] {{0, 0}})).toMatrix()[0],
                0);
    }

    @Test
    void centredRowsSumToZero() {
        double[][] centred = SemanticTargets.centred(DigitSentences.sevenSegments());
        for (int j = 0; j < 7; j++) {
            double sum = 0;
            for (double[] row : centred) {
                sum += row[j];
            }
            assertEquals(0, sum, 1e-12);
        }
    }

    @Test
    void badTargetsAreNamed() {
        assertMessage("targets must not be empty, had 0 elements", () -> SemanticTargets.of(new double[0][]));
        assertMessage("targets[1] must not be all 0", () -> SemanticTargets.of(new double[][] {{1, 0}, {0, 0}}));
        assertMessage(
                "targets[0][1] must be a finite number, was NaN",
                () -> SemanticTargets.of(new double[][] {{1, Double.NaN}}));
        assertMessage(
                "targets[1] and targets[0] must be of equal length, were 1 and 2",
                () -> SemanticTargets.of(new double[][] {{1, 0}, {1}}));
        assertMessage("scale must be a finite number above 0, was 0.0", () -> SemanticTargets.of(TARGETS)
                .withScale(0));
        assertMessage(
                "targets[0] and the features must be of equal length, were 2 and 3",
                () -> Network.of(Cpu.doubles(1), 1, 3, SemanticTargets.of(TARGETS)));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
