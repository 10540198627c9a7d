package touchstone.ood;

import java.util.EnumSet;
import java.util.Set;

/** A fitted detector behind the checks that all share: parts, widths, and that no score is NaN. */
final class CheckedScorer implements Scorer {
    private final String name;
    private final Set<Input> needs;
    private final Shape train;
    private final Scorer scorer;

    CheckedScorer(String name, Set<Input> requires, Shape train, Scorer scorer) {
        this.name = name;
        this.scorer = scorer;
        this.train = train;
        needs = EnumSet.copyOf(requires);
        needs.remove(Input.LABELS);
    }

    /** The batch with what the fit kept; demands the parts and widths of the training batch. */
    Batch checked(Batch batch) {
        same(train.features(), Shape.width(batch.featureRows()), "columns of the training features");
        boolean missing = batch.head().classes() == 0 && batch.featureRows().length > 0;
        Batch whole = missing && train.head().classes() > 0 ? batch.withHead(train.head()) : batch;
        same(train.logits(), Shape.width(whole.logitRows()), "classes of the training logits");
        Set<Input> asked = EnumSet.copyOf(needs);
        asked.remove(Input.HEAD);
        whole.demand(asked, name);
        return whole;
    }

    @Override
    public double[] score(Batch batch) {
        double[] scores = scorer.score(checked(batch));
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("batch[" + i + "] must have values that " + name
                        + " can score without overflow, its score was NaN");
            }
        }
        return scores;
    }

    private static void same(int expected, int width, String what) {
        if (expected > 0 && width > 0 && expected != width) {
            throw new IllegalArgumentException("batch must have the " + expected + " " + what + ", had " + width);
        }
    }
}
