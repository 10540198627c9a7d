package touchstone.interpret.steer;

import java.util.List;

/**
 * A model whose activations can be read and changed at some places, in order from its inputs to its outputs. What is changed at one
 * place is felt at the later ones. It holds buffers, so it serves one thread at a time.
 *
 * @param <X> inputs, several at once
 */
public interface Steerable<X> {
    /** Units of each place, [places]. */
    List<Integer> widths();

    /** The activations at each place, after the changes there and before: [places][n, width]. */
    List<double[][]> activations(X inputs, Steering steering);

    /** A loss of these activations, and its slopes by the numbers of all maps, which must be affine. */
    Slopes slopes(X inputs, Steering steering, ActivationLoss loss);

    /** No change at any place. */
    default Steering unsteered() {
        return Steering.none(widths());
    }
}
