package touchstone.metrics;

import touchstone.util.Check;

/** Mean negative log-likelihood in nats, {@code -mean log p(true class)}; 0 or more, lower is better. */
public final class NegativeLogLikelihood {
    private NegativeLogLikelihood() {}

    /**
     * Of probabilities; +Infinity when a true class got probability 0.
     *
     * @param probabilities one distribution a row, [n, c]
     * @param labels true classes, [n], in [0, c)
     */
    public static double of(double[][] probabilities, int[] labels) {
        Rows.columns(probabilities, labels, "probabilities");
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            Check.probabilities(probabilities[i], "probabilities[" + i + "]");
            sum -= Math.log(probabilities[i][labels[i]]);
        }
        return sum / labels.length;
    }

    /** Of logits, {@code mean(logsumexp(z) - z_label)}, which neither overflows nor loses small probabilities; [n, c]. */
    public static double ofLogits(double[][] logits, int[] labels) {
        Rows.columns(logits, labels, "logits");
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            Check.allFinite(logits[i], "logits[" + i + "]");
            double max = Double.NEGATIVE_INFINITY;
            for (double z : logits[i]) {
                max = Math.max(max, z);
            }
            double total = 0;
            for (double z : logits[i]) {
                total += Math.exp(z - max);
            }
            sum += max - logits[i][labels[i]] + Math.log(total);
        }
        return sum / labels.length;
    }

    /** Of a yes-or-no event: mean of {@code -log p} where it happened and {@code -log(1 - p)} where not; [n] each. */
    public static double binary(double[] probability, boolean[] happened) {
        Check.sameLength(probability.length, "probability", happened.length, "happened");
        Check.nonEmpty(probability.length, "probability");
        Check.probabilities(probability, "probability");
        double sum = 0;
        for (int i = 0; i < probability.length; i++) {
            sum -= happened[i] ? Math.log(probability[i]) : Math.log1p(-probability[i]);
        }
        return sum / probability.length;
    }
}
