package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import touchstone.metrics.Auroc;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.util.Seeds;

class ClassifierTest {
    private static INDArray normal(long seed, long... shape) {
        RandomGenerator rng = Seeds.rng(seed, "classifier");
        long n = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Nd4j.createFromArray(rng.doubles(n, -1, 1).toArray()).reshape(shape);
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(1e-2))
                .activation(Activation.TANH);
    }

    private static MultiLayerNetwork perceptron() {
        var network = new MultiLayerNetwork(builder()
                .dropOut(0.5)
                .list()
                .layer(new DenseLayer.Builder().nOut(9).build())
                .layer(new DenseLayer.Builder().nOut(7).build())
                .layer(new OutputLayer.Builder()
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(5))
                .build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork images() {
        var network = new MultiLayerNetwork(builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                .layer(new SubsamplingLayer.Builder(
                                SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 2))
                .build());
        network.init();
        return network;
    }

    /** Demands that logits are the network's and that gradients are the slopes of weighted logits. */
    private static void check(Classifier model, INDArray x, double[][] expected) {
        assertEquals(
                EnumSet.complementOf(EnumSet.of(Input.LABELS)), model.batch(x).has());
        double[][] z = model.logits(x).toDoubleMatrix();
        for (int i = 0; i < z.length; i++) {
            double[] p = Vectors.softmax(z[i], 1);
            for (int c = 0; c < p.length; c++) {
                assertEquals(expected[i][c], p[c], 1e-10);
            }
        }
        INDArray upstream = normal(9, z.length, z[0].length);
        INDArray gradient = model.inputGradient(x, upstream);
        double h = 1e-5; // central differences in double: an error of h^2, and of rounding / h
        for (long j = 0; j < x.length(); j += 3) {
            INDArray up = x.dup();
            INDArray down = x.dup();
            up.putScalar(j, x.getDouble(j) + h);
            down.putScalar(j, x.getDouble(j) - h);
            double slope = model.logits(up)
                            .sub(model.logits(down))
                            .mul(upstream)
                            .sumNumber()
                            .doubleValue()
                    / (2 * h);
            assertEquals(slope, gradient.getDouble(j), 1e-7);
        }
    }

    @Test
    void aPerceptronOfDl4j() {
        MultiLayerNetwork network = perceptron();
        INDArray x = normal(1, 6, 5);
        Classifier model = Dl4jClassifier.of(network);
        check(model, x, network.output(x).toDoubleMatrix());
        assertEquals(7, model.features(x).size(1));
    }

    @Test
    void aConvolutionalNetworkOfDl4j() {
        MultiLayerNetwork network = images();
        INDArray x = normal(2, 3, 2, 8, 8);
        check(Dl4jClassifier.of(network), x, network.output(x).toDoubleMatrix());
    }

    @Test
    void aNetworkOfOurs() {
        Network network = Network.of(Cpu.doubles(1), 1, 5, Dense.of(6), Activate.tanh(), Dense.of(3));
        INDArray x = normal(1, 4, 5);
        double[][] expected = Arrays.stream(
                        network.logits(network.tensor(x.toDoubleMatrix())).toMatrix())
                .map(z -> Vectors.softmax(z, 1))
                .toArray(double[][]::new);
        check(NetworkClassifier.of(network), x, expected);
    }

    /** Three clouds, a network of DL4J trained on them, and a fourth cloud: every detector of the library separates it. */
    @Test
    void allDetectorsWorkOnATrainedNetworkOfDl4j() {
        RandomGenerator rng = Seeds.rng(5, "classifier");
        var x = new double[300][5];
        var y = new double[300][4];
        for (int i = 0; i < x.length; i++) {
            x[i] = rng.doubles(5, -0.5, 0.5).toArray();
            x[i][i % 4] += 2;
            y[i][i % 4] = 1;
        }
        MultiLayerNetwork network = perceptron();
        var data = new DataSet(Nd4j.createFromArray(x), Nd4j.createFromArray(y));
        for (int epoch = 0; epoch < 200; epoch++) {
            network.fit(data);
        }
        int[] labels = IntStream.range(0, x.length).map(i -> i % 4).toArray();
        double[][] far = IntStream.range(0, 60)
                .mapToObj(i -> {
                    double[] row = rng.doubles(5, -0.5, 0.5).toArray();
                    row[4] += 3;
                    return row;
                })
                .toArray(double[][]::new);
        Classifier model = Dl4jClassifier.of(network);
        Batch train = model.batch(Nd4j.createFromArray(x)).withLabels(labels);
        double best = 0;
        for (Detector detector : Detectors.ALL) {
            Scorer scorer = detector.fit(train);
            double[] in = scorer.score(train);
            double[] out = scorer.score(model.batch(Nd4j.createFromArray(far)));
            assertTrue(Arrays.stream(out).noneMatch(Double::isNaN), detector.name());
            best = Math.max(best, Auroc.of(in, out));
        }
        assertTrue(best > 0.95, "the best AUROC was " + best);
    }

    @Test
    void whatCannotBeAdaptedIsNamed() {
        Network ours = Network.of(Cpu.floats(1), 1, 5, Dense.of(6), Activate.tanh());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> NetworkClassifier.of(ours))
                .getMessage()
                .startsWith("network must end in a dense layer, was 5 -> "));
        var open = new MultiLayerNetwork(builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(5).nOut(9).build())
                .build());
        open.init();
        assertEquals(
                "network must end in an output layer, was DenseLayer",
                assertThrows(IllegalArgumentException.class, () -> Dl4jClassifier.of(open))
                        .getMessage());
        var normed = new MultiLayerNetwork(builder()
                .list()
                .layer(new BatchNormalization.Builder().nIn(5).nOut(5).build())
                .layer(new OutputLayer.Builder()
                        .nIn(5)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        normed.init();
        Classifier model = Dl4jClassifier.of(normed);
        assertEquals(
                "network must hold no batch normalisation, layer 0 was one",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> model.inputGradient(normal(1, 2, 5), normal(2, 2, 2)))
                        .getMessage());
    }
}
