package touchstone.ood;

import java.util.List;

/** A scorer that explains, behind the checks of {@link CheckedScorer}. */
record CheckedExplainer(CheckedScorer checks, ExplainingScorer scorer) implements ExplainingScorer {
    @Override
    public double[] score(Batch batch) {
        return checks.score(batch);
    }

    @Override
    public List<Explanation> explain(Batch batch) {
        return scorer.explain(checks.checked(batch));
    }
}
