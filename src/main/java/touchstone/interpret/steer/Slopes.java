package touchstone.interpret.steer;

import java.util.List;

/**
 * A loss of a steered model and its slopes by the numbers of its affine maps.
 *
 * @param loss the loss
 * @param scale slopes by each place's scale, [places][width]; owned by the caller
 * @param shift slopes by each place's shift, [places][width]; owned by the caller
 */
public record Slopes(double loss, List<double[]> scale, List<double[]> shift) {
    public Slopes {
        scale = List.copyOf(scale);
        shift = List.copyOf(shift);
    }
}
