package touchstone.ood;

import touchstone.util.Check;

/**
 * What a fit keeps of its training batch: no row, only its head and widths.
 *
 * @param head the last layer, of no classes where there was none
 * @param features columns of the features, 0 where there were none
 * @param logits classes of the logits, 0 where there were none
 */
record Shape(LinearHead head, int features, int logits) {
    /** Of no batch. */
    static final Shape NONE = new Shape(LinearHead.NONE, 0, 0);

    static Shape of(Batch batch) {
        return new Shape(batch.head(), width(batch.featureRows()), width(batch.logitRows()));
    }

    /** Demands a batch of the same widths, and of the same head where the fit has one. */
    void demand(Shape other) {
        Check.sameLength(other.features, "a row of features", features, "a row in the fit");
        Check.sameLength(other.logits, "a row of logits", logits, "a row of logits in the fit");
        if (head.classes() > 0 && !head.sameAs(other.head)) {
            throw new IllegalArgumentException("head must be that of the rows in the fit, had other weights or biases");
        }
    }

    static int width(double[][] rows) {
        return rows.length == 0 ? 0 : rows[0].length;
    }
}
