package touchstone.ood;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The options of a way to detect out-of-distribution examples; a record. */
public interface Detector {
    /** Name as tables print it, such as {@code Mahalanobis}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Learns from in-distribution examples.
     *
     * @param features [n, d], floating point, finite; not modified
     * @param labels class of each row, [n], 0 or more
     * @return a scorer that holds all it needs
     */
    Scorer fit(INDArray features, int[] labels);
}
