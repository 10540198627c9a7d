package touchstone.ood;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A scorer that says which features, which class and which training rows made each score. */
public interface ExplainingScorer extends Scorer {
    /**
     * Explains the scores of a batch.
     *
     * @param batch what {@link #score(Batch)} takes; not modified
     * @return one explanation a row, [n]; its score is the scorer's, up to rounding
     */
    List<Explanation> explain(Batch batch);

    /** Explains features alone, [n, d]. */
    default List<Explanation> explain(INDArray batch) {
        return explain(Batch.of(batch, "batch"));
    }
}
