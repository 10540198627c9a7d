package touchstone.nn.loss;

import touchstone.nn.Tensor;

/**
 * A loss over a data set: it holds the targets of all examples and is asked for a batch by their numbers, so that losses of
 * different targets compose.
 */
public interface Loss {
    /**
     * The loss of a batch and its gradient.
     *
     * @param outputs of the network; a row an example, or {@code steps} rows an example, side by side
     * @param examples numbers of the examples in the data set, [n]
     * @param weight factor of this loss and of its gradient
     * @param gradient to which {@code weight} times the gradient by the outputs is added; of the outputs' shape
     * @return {@code weight} times the loss
     */
    double add(Tensor outputs, int[] examples, double weight, Tensor gradient);

    /** This loss plus {@code weight} times another. */
    default Loss plus(double weight, Loss other) {
        return (outputs, examples, w, gradient) ->
                add(outputs, examples, w, gradient) + other.add(outputs, examples, w * weight, gradient);
    }
}
