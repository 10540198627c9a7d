package touchstone.ood;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A detector whose scorers explain their scores. */
public interface ExplainingDetector extends Detector {
    @Override
    ExplainingScorer learn(Batch train);

    @Override
    default ExplainingScorer fit(Batch train) {
        train.demand(requires(), name());
        ExplainingScorer learned = learn(train);
        return new CheckedExplainer(new CheckedScorer(name(), requires(), Shape.of(train), learned), learned);
    }

    @Override
    default ExplainingScorer fit(INDArray features, int[] labels) {
        return fit(Batch.of(features).withLabels(labels));
    }
}
