package touchstone.unlearn.metric;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Zero retrain forgetting, {@code 1 - mean JS(p, q)} of an unlearned model's probabilities p and those q of a random teacher on the
 * forget set; higher means that the model answers as one that knows nothing. In bits it is in [0, 1], in nats in [1 - ln 2, 1]. What
 * a retrained model scores is the value to be compared with: less knowledge than that is a trace too.
 */
@Reference("chundawat2023can")
public final class ZeroRetrainForgetting {
    private ZeroRetrainForgetting() {}

    /** With the divergence in nats; probabilities [n, c] each. */
    public static double nats(double[][] unlearned, double[][] random) {
        double sum = 0;
        for (double js : divergences(unlearned, random)) {
            sum += js;
        }
        return 1 - sum / unlearned.length;
    }

    /** With the divergence in bits, so that 0 is the least. */
    public static double bits(double[][] unlearned, double[][] random) {
        return 1 - (1 - nats(unlearned, random)) / Math.log(2);
    }

    /** Jensen-Shannon divergence of each row, nats, in [0, ln 2]; [n]. */
    public static double[] divergences(double[][] p, double[][] q) {
        check(p, q);
        var js = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p[i].length; j++) {
                double m = (p[i][j] + q[i][j]) / 2;
                js[i] += (part(p[i][j], m) + part(q[i][j], m)) / 2;
            }
        }
        return js;
    }

    /**
     * The number that the authors' program prints: its divergences are reversed, {@code KL(m || p)}, and averaged over rows times
     * classes; only to compare with tables made by it. All probabilities must be above 0.
     */
    public static double asPrinted(double[][] unlearned, double[][] random) {
        check(unlearned, random);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < unlearned.length; i++) {
            for (int j = 0; j < unlearned[i].length; j++, count++) {
                double m = (unlearned[i][j] + random[i][j]) / 2;
                sum += (part(m, unlearned[i][j]) + part(m, random[i][j])) / 2;
            }
        }
        return 1 - Check.finite(sum, "sum of reversed divergences") / count;
    }

    private static double part(double p, double m) {
        return p == 0 ? 0 : p * Math.log(p / m);
    }

    private static void check(double[][] p, double[][] q) {
        Check.nonEmpty(p.length, "unlearned");
        Check.sameLength(p.length, "unlearned", q.length, "random");
        for (int i = 0; i < p.length; i++) {
            Check.sameLength(p[i].length, "unlearned[" + i + "]", q[i].length, "random[" + i + "]");
            Check.probabilities(p[i], "unlearned[" + i + "]");
            Check.probabilities(q[i], "random[" + i + "]");
        }
    }
}
