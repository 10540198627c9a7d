package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Attention;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Dropout;
import touchstone.nn.layer.Embedding;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;

class NetworkTest {
    private static final double[][] X = GradientCheck.normal(6, 64, 1);
    private static final CrossEntropy LOSS = CrossEntropy.of(1, 0, 3, 9, 2, 2);

    /** z = h W + b with the head that is given out. */
    @Test
    void logitsAreFeaturesTimesHead() {
        Network network = Networks.perceptron(Cpu.doubles(1), 1);
        double[][] h = network.features(network.tensor(X)).toMatrix();
        double[][] w = network.head().get(0).value().toMatrix();
        double[][] b = network.head().get(1).value().toMatrix();
        double[][] z = network.logits(network.tensor(X)).toMatrix();
        for (int i = 0; i < z.length; i++) {
            for (int c = 0; c < 10; c++) {
                double sum = b[0][c];
                for (int k = 0; k < 100; k++) {
                    sum += h[i][k] * w[k][c];
                }
                assertEquals(sum, z[i][c], 1e-12);
            }
        }
    }

    /** Float has 24 bits; logits of order 1 pass through sums of 100. */
    @Test
    void floatAndDoubleAgree() {
        Network f = Networks.image(Cpu.floats(), 4);
        Network d = Networks.image(Cpu.doubles(1), 4);
        double[][] a = f.logits(f.tensor(X)).toMatrix();
        double[][] b = d.logits(d.tensor(X)).toMatrix();
        for (int i = 0; i < a.length; i++) {
            assertArrayEquals(b[i], a[i], 1e-5);
        }
    }

    /** The mean's gradient is the mean of the examples' gradients. */
    @Test
    void gradientsOfExamplesAddUp() {
        Network network = Networks.perceptron(Cpu.doubles(1), 1);
        Tensor x = network.tensor(X);
        double[][] each = PerExample.gradients(network, x, GradientCheck.all(6), LOSS);
        network.accumulate(x, GradientCheck.all(6), LOSS, Pass.evaluation());
        Tensor weight = network.parameters().get(0).gradient();
        for (int j = 0; j < weight.size(); j++) {
            double mean = 0;
            for (double[] row : each) {
                mean += row[j] / 6;
            }
            assertEquals(mean, weight.get(j / 100, j % 100), 1e-12);
        }
        assertEquals(64 * 100 + 100 + 100 * 10 + 10, each[0].length);
    }

    /** Of all rows at once in a perceptron, one by one in an image network, whose layers mix rows' columns. */
    @Test
    void squaresOfExamplesAddUp() {
        Loss summed =
                (outputs, examples, weight, gradient) -> LOSS.add(outputs, examples, weight * outputs.rows(), gradient);
        for (Network network : List.of(Networks.perceptron(Cpu.doubles(1), 1), Networks.image(Cpu.doubles(1), 1))) {
            Tensor x = network.tensor(X);
            int[] all = GradientCheck.all(6);
            var expected = new double[network.trainedSize()];
            for (double[] row : PerExample.gradients(network, x, all, summed)) {
                for (int i = 0; i < row.length; i++) {
                    expected[i] += row[i] * row[i];
                }
            }
            assertArrayEquals(expected, PerExample.sumOfSquares(network, x, all, summed), 1e-12);
            assertEquals(0, network.parameters().get(0).gradient().get(0, 0));
        }
    }

    @Test
    void inputGradientIsTheSlopeOfTheLoss() {
        Network network = Networks.perceptron(Cpu.doubles(1), 1);
        int[] all = GradientCheck.all(6);
        double slope = network.inputGradient(network.tensor(X), all, LOSS).get(2, 7);
        double[][] moved = GradientCheck.normal(6, 64, 1);
        moved[2][7] += 1e-6;
        double up = network.loss(network.tensor(moved), all, LOSS);
        moved[2][7] -= 2e-6;
        double down = network.loss(network.tensor(moved), all, LOSS);
        assertEquals((up - down) / 2e-6, slope, 1e-9); // rounding of the difference: 1e-16 / 1e-6
    }

    /** Mean 1 a number: 20,000 draws of 0 or 1 / 0.7, deviation 0.655, so five standard errors are 0.023. */
    @Test
    void dropoutKeepsTheMeanAndIsSeeded() {
        Network network = Network.of(Cpu.doubles(1), 1, 200, new Dropout(0.3));
        Tensor ones = network.backend().zeros(100, 200);
        network.backend().fill(ones, 1);
        double[][] first = network.forward(ones, Pass.training(1, 5)).toMatrix();
        double sum = 0;
        for (double[] row : first) {
            for (double v : row) {
                sum += v;
            }
        }
        assertEquals(1, sum / 20_000, 0.023);
        assertArrayEquals(first, network.forward(ones, Pass.training(1, 5)).toMatrix());
        assertArrayEquals(ones.toMatrix(), network.logits(ones).toMatrix());
    }

    /** What comes later must not reach back. */
    @Test
    void causalAttentionSeesNoFuture() {
        Network network = Network.of(Cpu.doubles(1), 1, 6, new Attention(2, 4, true));
        double[][] x = GradientCheck.normal(4, 6, 1);
        double[][] before = network.logits(network.tensor(x)).toMatrix();
        x[3][0] += 5;
        double[][] after = network.logits(network.tensor(x)).toMatrix();
        for (int t = 0; t < 3; t++) {
            assertArrayEquals(before[t], after[t]);
        }
    }

    @Test
    void messages() {
        Network network = Network.of(Cpu.floats(1), 1, 3, Dense.of(2), Activate.tanh());
        assertMessage(
                "x must have shape [1, 3], had [1, 2]", () -> network.logits(network.tensor(new double[][] {{1, 2}})));
        assertMessage(
                "rows[0][1] must be a finite number, was NaN",
                () -> network.tensor(new double[][] {{1, Double.NaN, 2}}));
        assertMessage(
                "labels[0] must lie in [0, 2), was 7",
                () -> network.loss(network.tensor(new double[][] {{1, 2, 3}}), new int[] {0}, CrossEntropy.of(7)));
        assertMessage(
                "heads must divide the inputs, were 4 of 6",
                () -> Network.of(Cpu.floats(1), 1, 6, new Attention(4, 2, true)));
        Network words = Network.of(Cpu.floats(1), 1, 2, Embedding.of(4, 3));
        assertMessage(
                "ids[0, 1] must be a whole number in [0, 4), was 4.0",
                () -> words.logits(words.tensor(new double[][] {{0, 4}})));
        assertMessage("probability must lie in [0, 1), was 1.0", () -> new Dropout(1));
        assertMessage(
                "tensor must belong to the float backend, was a DoubleTensor of shape [1, 3]",
                () -> network.logits(Cpu.doubles(1).zeros(1, 3)));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable call) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
