package touchstone.unlearn.report;

import java.util.List;
import java.util.OptionalInt;
import touchstone.unlearn.attack.AttackResult;
import touchstone.unlearn.metric.Accuracies;
import touchstone.unlearn.metric.RelearningCurve;

/**
 * What the probes found in one model.
 *
 * @param accuracies on the forget set, the retained one and the test set
 * @param twins accuracy on the retained twins of the forget set, in [0, 1]
 * @param zeroRetrainForgetting against an untrained model, bits, in [0, 1]
 * @param attack by losses: the forget set against the test set
 * @param relearning accuracy on the held-out half of the forget set by steps on the other half
 * @param layers accuracy of a linear probe for the forgotten labels, layer by layer
 */
public record ModelProbes(
        Accuracies accuracies,
        double twins,
        double zeroRetrainForgetting,
        AttackResult attack,
        RelearningCurve relearning,
        List<Double> layers) {
    public ModelProbes {
        layers = List.copyOf(layers);
    }

    /** Steps of relearning to a level of accuracy; empty when the curve ends below it. */
    public OptionalInt stepsTo(double level) {
        return relearning.stepsTo(level);
    }

    /** The best linear probe over the layers. */
    public double bestLayer() {
        return layers.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
