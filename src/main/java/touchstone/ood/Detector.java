package touchstone.ood;

import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The options of a way to detect out-of-distribution examples; a record. Implement {@link #learn}, call {@link #fit}. */
public interface Detector {
    /** Name as tables print it, such as {@code Mahalanobis}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * What the training batch must hold. To score, a batch needs the same without labels; head and, where a head was there,
     * logits come from the fit.
     */
    Set<Input> requires();

    /**
     * Learns from a training batch that holds all that {@link #requires} lists.
     *
     * @return scores a batch whose parts are there and as wide as the training batch's
     */
    Scorer learn(Batch train);

    /**
     * Learns from in-distribution examples.
     *
     * @param train holds at least what {@link #requires} lists
     * @return a scorer that holds all it needs and checks what it is given
     */
    default Scorer fit(Batch train) {
        train.demand(requires(), name());
        return new CheckedScorer(name(), requires(), Shape.of(train), learn(train));
    }

    /**
     * Learns from features and labels alone.
     *
     * @param features [n, d], floating point, finite; not modified
     * @param labels class of each row, [n], 0 or more
     * @return a scorer that holds all it needs
     */
    default Scorer fit(INDArray features, int[] labels) {
        return fit(Batch.of(features).withLabels(labels));
    }
}
