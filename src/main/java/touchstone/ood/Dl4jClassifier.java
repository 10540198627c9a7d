package touchstone.ood;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.util.Check;

/**
 * A network of DL4J that ends in an output layer: its weights give the head, what goes into it the features. The network is copied;
 * layers act as they do after training, without dropout. Use it from one thread at a time.
 */
public final class Dl4jClassifier implements Classifier {
    private final MultiLayerNetwork network;
    private final int last;

    private Dl4jClassifier(MultiLayerNetwork network) {
        this.network = network;
        last = network.getnLayers() - 1;
    }

    /**
     * Adapts a network.
     *
     * @param network initialised; copied
     * @throws IllegalArgumentException if its last layer is not an output layer
     */
    public static Dl4jClassifier of(MultiLayerNetwork network) {
        MultiLayerNetwork copy = network.clone();
        int last = copy.getnLayers() - 1;
        if (!(copy.getLayer(last) instanceof BaseOutputLayer<?>)) {
            throw new IllegalArgumentException("network must end in an output layer, was "
                    + copy.getLayer(last).conf().getLayer().getClass().getSimpleName());
        }
        for (var layer : copy.getLayers()) {
            layer.conf().getLayer().setIDropout(null);
        }
        copy.initGradientsView();
        return new Dl4jClassifier(copy);
    }

    private INDArray cast(INDArray inputs) {
        return inputs.castTo(network.getLayerWiseConfigurations().getDataType());
    }

    /** The network's inputs, then the outputs of each layer but the last. */
    private List<INDArray> forward(INDArray inputs) {
        return network.feedForwardToLayer(last - 1, cast(inputs), false);
    }

    @Override
    public INDArray features(INDArray inputs) {
        List<INDArray> outputs = forward(inputs);
        return entering(outputs.get(outputs.size() - 1), last, (int) inputs.size(0));
    }

    /** What a layer takes in, after its preprocessor. */
    private INDArray entering(INDArray x, int layer, int examples) {
        var before = network.getLayerWiseConfigurations().getInputPreProcess(layer);
        return before == null ? x : before.preProcess(x, examples, LayerWorkspaceMgr.noWorkspaces());
    }

    @Override
    public List<INDArray> activations(INDArray inputs) {
        List<INDArray> outputs = forward(inputs);
        return outputs.subList(1, outputs.size());
    }

    @Override
    public LinearHead head() {
        var layer = network.getLayer(last);
        INDArray weights = layer.getParam("W");
        boolean bias = layer.paramTable().containsKey("b");
        return LinearHead.of(
                weights.transpose(), bias ? layer.getParam("b") : Nd4j.zeros(DataType.DOUBLE, weights.size(1)));
    }

    @Override
    public INDArray logits(INDArray inputs) {
        LinearHead head = head();
        return Nd4j.createFromArray(head.logits(Batches.rows(features(inputs), "features")));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the network holds batch normalisation, which DL4J differentiates by the batch's own moments
     *     only
     */
    @Override
    public INDArray inputGradient(INDArray inputs, INDArray upstream) {
        Check.sameLength((int) inputs.size(0), "inputs", (int) upstream.size(0), "upstream");
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        int n = (int) inputs.size(0);
        INDArray x = cast(inputs);
        for (int i = 0; i < last; i++) {
            var layer = network.getLayer(i);
            if (layer.conf().getLayer() instanceof BatchNormalization) {
                throw new IllegalArgumentException("network must hold no batch normalisation, layer " + i + " was one");
            }
            x = layer.activate(entering(x, i, n), false, none);
        }
        INDArray gradient =
                cast(upstream).mmul(network.getLayer(last).getParam("W").transpose());
        for (int i = last; i >= 0; i--) {
            if (i < last) {
                gradient = network.getLayer(i).backpropGradient(gradient, none).getSecond();
            }
            var before = network.getLayerWiseConfigurations().getInputPreProcess(i);
            gradient = before == null ? gradient : before.backprop(gradient, n, none);
        }
        return gradient.castTo(DataType.DOUBLE).reshape(inputs.shape());
    }
}
