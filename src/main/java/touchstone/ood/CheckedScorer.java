package touchstone.ood;

import java.util.EnumSet;
import java.util.Set;

/** A fitted detector behind the checks that all share: parts, widths, and that no score is NaN. */
final class CheckedScorer implements Scorer {
    private final String name;
    private final Set<Input> needs;
    private final LinearHead head;
    private final int features;
    private final int logits;
    private final Scorer scorer;

    CheckedScorer(String name, Set<Input> requires, Batch train, Scorer scorer) {
        this.name = name;
        this.scorer = scorer;
        head = train.head();
        features = width(train.featureRows());
        logits = width(train.logitRows());
        needs = EnumSet.copyOf(requires);
        needs.remove(Input.LABELS);
    }

    private static int width(double[][] rows) {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    @Override
    public double[] score(Batch batch) {
        same(features, width(batch.featureRows()), "columns of the training features");
        boolean missing = batch.head().classes() == 0 && batch.featureRows().length > 0;
        Batch whole = missing && head.classes() > 0 ? batch.withHead(head) : batch;
        same(logits, width(whole.logitRows()), "classes of the training logits");
        Set<Input> asked = EnumSet.copyOf(needs);
        asked.remove(Input.HEAD);
        whole.demand(asked, name);
        double[] scores = scorer.score(whole);
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
