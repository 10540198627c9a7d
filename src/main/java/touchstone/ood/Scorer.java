package touchstone.ood;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Scores examples by how far out of distribution they lie. Immutable; the score of a row depends on that row alone. */
@FunctionalInterface
public interface Scorer {
    /**
     * Scores a batch.
     *
     * @param batch what the detector requires, without labels; not modified
     * @return one score a row, [n]; higher means further out of distribution; never NaN
     */
    double[] score(Batch batch);

    /**
     * Scores features: all that is needed where the detector requires features and perhaps a head, which the fit kept.
     *
     * @param batch [n, d], floating point; not modified
     * @return one score a row, [n]; higher means further out of distribution
     */
    default double[] score(INDArray batch) {
        return score(Batch.of(batch, "batch"));
    }
}
