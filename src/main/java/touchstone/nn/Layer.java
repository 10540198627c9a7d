package touchstone.nn;

import java.util.List;

/** A layer in place: it holds its parameters and, between a forward and the backward after it, what the latter needs. */
public interface Layer {
    /** Columns of what it gives. */
    int outputs();

    /** Its parameters, in a fixed order. */
    List<Parameter> parameters();

    /**
     * Computes the outputs. They lie in a buffer of the layer and hold until its next forward pass.
     *
     * @param x inputs; not modified, must not change before the backward pass
     */
    Tensor forward(Tensor x, Pass pass);

    /**
     * Adds the gradient of the loss by each parameter to it; returns the gradient by the inputs of the last forward pass,
     * which holds until the next backward pass.
     *
     * @param dy gradient of the loss by the outputs; may be overwritten
     */
    Tensor backward(Tensor dy);

    /** As {@link #backward} without the gradient by the inputs, which the first layer of a network rarely needs. */
    default void accumulate(Tensor dy) {
        backward(dy);
    }

    /** Whether a row of the outputs depends on the same row of the inputs alone and {@link #backwardSquares} is there. */
    default boolean rowByRow() {
        return false;
    }

    /** As {@link #backward}, but adds to the gradient of each parameter the squares of what each row adds to it. */
    default Tensor backwardSquares(Tensor dy) {
        if (!rowByRow() || !parameters().isEmpty()) {
            throw new UnsupportedOperationException("squares of gradients are not there for this layer");
        }
        return backward(dy);
    }

    /** What to build: the options of a layer, a record, whose text is stored with saved weights. */
    interface Spec {
        /** Builds the layer for inputs of so many columns; draws its first weights from the site's seed. */
        Layer build(int inputs, Site site);
    }
}
