package touchstone.nn;

import static touchstone.nn.GradientCheck.assertGradients;
import static touchstone.nn.GradientCheck.mixture;
import static touchstone.nn.GradientCheck.normal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Attention;
import touchstone.nn.layer.BatchNorm;
import touchstone.nn.layer.Convolution;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Dropout;
import touchstone.nn.layer.Embedding;
import touchstone.nn.layer.Gru;
import touchstone.nn.layer.LayerNorm;
import touchstone.nn.layer.Pool;
import touchstone.nn.layer.Residual;
import touchstone.nn.layer.Softmax;
import touchstone.nn.layer.Steps;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.loss.PinballLoss;

/** Every operation and every loss against central differences in double. */
class GradientsTest {
    private static final Pass TRAINING = Pass.training(1, 4);

    @Test
    void dense() {
        assertGradients(
                normal(5, 7, 1),
                TRAINING,
                true,
                mixture(1),
                Dense.of(6),
                Dense.of(3).withBias(false));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activations(Activation f) {
        assertGradients(normal(4, 6, 2), TRAINING, true, mixture(2), Dense.of(5), new Activate(f), Dense.of(3));
    }

    @Test
    void softmax() {
        assertGradients(normal(4, 6, 3), TRAINING, true, mixture(3), Dense.of(5), new Softmax());
    }

    @Test
    void crossEntropyWithWeights() {
        var loss = CrossEntropy.of(0, 2, -1, 1).withClassWeights(0.5, 2, 3).withExampleWeights(1, 0.25, 4, 2);
        assertGradients(normal(4, 6, 4), TRAINING, true, loss, Dense.of(3));
        assertGradients(normal(4, 6, 4), TRAINING, true, CrossEntropy.of(0, 2, 2, 1), Dense.of(3));
    }

    @Test
    void squaredErrorWithWeights() {
        var loss = MeanSquaredError.of(normal(4, 3, 5)).withExampleWeights(1, 0, 3, 0.5);
        assertGradients(normal(4, 6, 6), TRAINING, true, loss, Dense.of(3));
    }

    /** Targets far from the kink, which differences must not straddle. */
    @Test
    void pinballOfTwoQuantiles() {
        var loss = PinballLoss.of(new double[] {9, -9, 8, -8}, 0.1, 0.75);
        assertGradients(normal(4, 6, 5), TRAINING, true, loss, Dense.of(2));
    }

    /** The fault of SameDiff's losses: a factor must reach the gradient. */
    @Test
    void composedLosses() {
        var loss = CrossEntropy.of(0, 2, 2, 1)
                .plus(0.5, MeanSquaredError.of(normal(4, 3, 7)))
                .plus(-3, CrossEntropy.of(1, 1, 0, 0).plus(2, mixture(8)));
        assertGradients(normal(4, 6, 8), TRAINING, true, loss, Dense.of(3));
    }

    @Test
    void layerNorm() {
        assertGradients(normal(4, 6, 9), TRAINING, true, mixture(9), LayerNorm.defaults(), Dense.of(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batchNorm(boolean training) {
        Pass pass = training ? TRAINING : Pass.evaluation();
        assertGradients(normal(5, 6, 10), pass, true, mixture(10), Dense.of(4), BatchNorm.defaults(), Dense.of(3));
        assertGradients(
                normal(3, 6, 11), pass, true, mixture(11), BatchNorm.defaults().withChannels(2));
    }

    @Test
    void dropout() {
        assertGradients(normal(4, 6, 12), TRAINING, true, mixture(12), Dense.of(8), new Dropout(0.4), Dense.of(3));
    }

    @Test
    void residual() {
        assertGradients(
                normal(4, 6, 13), TRAINING, true, mixture(13), Residual.of(Dense.of(5), Activate.gelu(), Dense.of(6)));
    }

    @Test
    void embeddingWithRepeatedIds() {
        double[][] ids = {{0, 3, 3}, {1, 3, 0}};
        var embedding = Embedding.of(5, 4).withPositions();
        var loss = CrossEntropy.sequences(new int[] {1, 0, 2, -1, 2, 1}, 3);
        assertGradients(ids, TRAINING, false, loss, embedding, Dense.of(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void convolution(int padding) {
        var first = new Window(5, 6, 2, 3, 2, padding);
        assertGradients(normal(3, 60, 14), TRAINING, true, mixture(14), Convolution.of(first, 3), Dense.of(2));
    }

    @Test
    void convolutionOfConvolution() {
        var first = new Window(4, 4, 1, 3, 1, 1);
        var second = new Window(4, 4, 2, 2, 2, 0);
        assertGradients(
                normal(2, 16, 15),
                TRAINING,
                true,
                mixture(15),
                Convolution.of(first, 2),
                Activate.tanh(),
                Convolution.of(second, 3));
    }

    @ParameterizedTest
    @EnumSource(Pool.Kind.class)
    void pooling(Pool.Kind kind) {
        assertGradients(normal(3, 50, 16), TRAINING, true, mixture(16), new Pool(new Window(5, 5, 2, 2, 1, 1), kind));
        assertGradients(normal(3, 32, 17), TRAINING, true, mixture(17), new Pool(new Window(4, 4, 2, 2, 2, 0), kind));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attention(boolean causal) {
        assertGradients(normal(8, 6, 18), TRAINING, true, mixture(18), new Attention(2, 4, causal));
    }

    @Test
    void gatedRecurrentUnit() {
        assertGradients(normal(3, 10, 19), TRAINING, true, mixture(19), new Steps(5), new Gru(4, 5), Dense.of(2));
        assertGradients(normal(8, 3, 20), TRAINING, true, mixture(20), new Gru(3, 4), new Gru(2, 2));
    }

    @Test
    void transformerBlock() {
        double[][] ids = {{0, 3, 1, 2}, {1, 3, 0, 0}};
        var loss = CrossEntropy.sequences(new int[] {1, 0, 2, 2, 1, 1, 0, 2}, 4);
        assertGradients(
                ids,
                TRAINING,
                false,
                loss,
                Embedding.of(4, 6).withPositions(),
                Residual.of(LayerNorm.defaults(), new Attention(2, 4, true)),
                Residual.of(LayerNorm.defaults(), Dense.of(8), Activate.gelu(), Dense.of(6)),
                LayerNorm.defaults(),
                Dense.of(3).withBias(false));
    }
}
