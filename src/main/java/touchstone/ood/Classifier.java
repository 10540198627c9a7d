package touchstone.ood;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained classifier that ends in a linear layer, with all that detectors may ask for. {@link NetworkClassifier} and
 * {@link Dl4jClassifier} adapt networks of {@code touchstone.nn} and of DL4J.
 */
public interface Classifier extends DifferentiableModel {
    /**
     * What the last layer takes in.
     *
     * @param inputs [n, ...]; not modified
     * @return [n, d]
     */
    INDArray features(INDArray inputs);

    /** The outputs of the layers before the last, each [n, channels, ...]. */
    List<INDArray> activations(INDArray inputs);

    /** The last layer. */
    LinearHead head();

    /**
     * All that the classifier says about inputs.
     *
     * @param inputs [n, ...], floating point, finite; not modified
     */
    default Batch batch(INDArray inputs) {
        return Batch.ofInputs(inputs, this)
                .withFeatures(features(inputs))
                .withHead(head())
                .withActivations(activations(inputs).toArray(INDArray[]::new));
    }
}
