package touchstone.unlearn.attack;

import java.util.Arrays;
import touchstone.unlearn.Answers;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;

/** How sure a model is of the true labels: of a sequence by the geometric mean over the labels that count. */
public final class Confidence {
    /** How near a probability comes to 0 and to 1: what is closer is rounding of a float. */
    public static final double EDGE = 1e-7;

    private Confidence() {}

    /** Probability of each example's labels, in [{@link #EDGE}, 1 - EDGE], [n]. */
    public static double[] probabilities(ForgetModel model, Examples data) {
        return Arrays.stream(Answers.of(model, data).losses())
                .map(loss -> Math.min(1 - EDGE, Math.max(EDGE, Math.exp(-loss))))
                .toArray();
    }

    /** {@link Lira#phi} of those probabilities, in [-16.2, 16.2], [n]. */
    public static double[] phi(ForgetModel model, Examples data) {
        return Lira.phi(probabilities(model, data));
    }
}
