package touchstone.interpret.steer;

import java.util.List;

/** A loss of the activations at all places of a model. */
@FunctionalInterface
public interface ActivationLoss {
    /**
     * The loss and its slopes.
     *
     * @param activations of each place, [places][n, width]; not modified
     * @param slopes of the activations' shapes, to which the slopes are added
     * @return the loss
     */
    double add(List<double[][]> activations, List<double[][]> slopes);
}
