package touchstone.ood;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A classifier whose logits can be differentiated in its inputs: what methods that perturb an input need. */
public interface DifferentiableModel {
    /**
     * The logits of inputs.
     *
     * @param inputs [n, ...], double; not modified
     * @return [n, c]
     */
    INDArray logits(INDArray inputs);

    /**
     * The gradient of {@code sum_ic upstream_ic logits_ic} in the inputs.
     *
     * @param inputs [n, ...], double; not modified
     * @param upstream weight of each logit, [n, c], double; not modified
     * @return the shape of the inputs
     */
    INDArray inputGradient(INDArray inputs, INDArray upstream);
}
