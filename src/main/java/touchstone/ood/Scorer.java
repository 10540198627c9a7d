package touchstone.ood;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Scores examples by how far out of distribution they lie. Immutable; the score of a row depends on that row alone. */
@FunctionalInterface
public interface Scorer {
    /**
     * Scores a batch.
     *
     * @param batch [n, d], floating point; not modified
     * @return one score a row, [n]; higher means further out of distribution
     */
    double[] score(INDArray batch);
}
