package touchstone.ood;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;

/**
 * A network of {@code touchstone.nn} whose last layer is dense. It looks at the network, it does not copy it: train first, and
 * use it from one thread at a time.
 */
public final class NetworkClassifier implements Classifier {
    private final Network network;

    private NetworkClassifier(Network network) {
        this.network = network;
    }

    /**
     * Adapts a network.
     *
     * @throws IllegalArgumentException if its last layer is not dense
     */
    public static NetworkClassifier of(Network network) {
        if (network.head().isEmpty() || !network.head().get(0).name().endsWith("-dense.weight")) {
            throw new IllegalArgumentException("network must end in a dense layer, was " + network.architecture());
        }
        return new NetworkClassifier(network);
    }

    private Tensor tensor(INDArray inputs) {
        return network.tensor(Batches.rows(Batches.flat(inputs), "inputs"));
    }

    @Override
    public INDArray logits(INDArray inputs) {
        return Nd4j.createFromArray(network.logits(tensor(inputs)).toMatrix());
    }

    @Override
    public INDArray features(INDArray inputs) {
        return Nd4j.createFromArray(network.features(tensor(inputs)).toMatrix());
    }

    @Override
    public List<INDArray> activations(INDArray inputs) {
        var layers = new ArrayList<INDArray>();
        Tensor x = tensor(inputs);
        for (var layer : network.layers().subList(0, network.layers().size() - 1)) {
            x = layer.forward(x, Pass.evaluation());
            layers.add(Nd4j.createFromArray(x.toMatrix()));
        }
        return layers;
    }

    @Override
    public LinearHead head() {
        List<Parameter> head = network.head();
        INDArray weights = Nd4j.createFromArray(head.get(0).value().toMatrix()).transpose();
        double[] bias = head.size() > 1 ? head.get(1).value().toMatrix()[0] : new double[network.outputs()];
        return LinearHead.of(weights, Nd4j.createFromArray(bias));
    }

    @Override
    public INDArray inputGradient(INDArray inputs, INDArray upstream) {
        double[][] weights = Batches.rows(upstream, "upstream");
        Check.sameLength((int) inputs.size(0), "inputs", weights.length, "upstream");
        Tensor x = tensor(inputs);
        Loss sum = (outputs, examples, factor, gradient) -> {
            for (int i = 0; i < weights.length; i++) {
                for (int c = 0; c < weights[i].length; c++) {
                    gradient.set(i, c, gradient.get(i, c) + factor * weights[i][c]);
                }
            }
            return 0;
        };
        Tensor gradient = network.inputGradient(x, new int[weights.length], sum);
        return Nd4j.createFromArray(gradient.toMatrix()).reshape(inputs.shape());
    }
}
