package touchstone.metrics;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Risk-coverage curve: the mean loss of the k most confident examples, for k = 1 .. n. Examples of equal confidence count
 * with the risk expected when they are taken in random order, so that the order of the rows plays no part.
 *
 * <p>Coverages are k / n, as in Geifman et al.; no point is added at coverage 0.
 *
 * @param risk selective risk at coverage k / n, in the unit of the loss, [n]; {@code risk[k - 1]} belongs to k
 * @param optimalAurc AURC of the best order of the same losses, the least that any confidence can reach
 */
@Reference({"geifman2017selective", "geifman2019bias"})
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record RiskCoverage(double[] risk, double optimalAurc) {
    public RiskCoverage {
        Check.nonEmpty(risk.length, "risk");
        Check.allFinite(risk, "risk");
        Check.finite(optimalAurc, "optimalAurc");
        risk = risk.clone();
    }

    /**
     * The curve of confidences and losses.
     *
     * @param confidence higher means surer, [n]; infinities are legal, NaN is not
     * @param loss finite, such as 0 for a right and 1 for a wrong answer, [n]
     */
    public static RiskCoverage of(double[] confidence, double[] loss) {
        Check.sameLength(confidence.length, "confidence", loss.length, "loss");
        Check.nonEmpty(confidence.length, "confidence");
        Check.noNaN(confidence, "confidence");
        Check.allFinite(loss, "loss");
        var negated = new double[loss.length];
        Arrays.setAll(negated, i -> -loss[i]);
        return new RiskCoverage(curve(confidence, loss), mean(curve(negated, loss)));
    }

    /** The curve of confidences and answers, with loss 1 for a wrong one; [n] each. */
    public static RiskCoverage ofCorrect(double[] confidence, boolean[] correct) {
        Check.sameLength(confidence.length, "confidence", correct.length, "correct");
        var loss = new double[correct.length];
        Arrays.setAll(loss, i -> correct[i] ? 0 : 1);
        return of(confidence, loss);
    }

    /** Area under the curve, {@code mean_k risk(k / n)}, in the unit of the loss; lower is better. */
    public double aurc() {
        return mean(risk);
    }

    /** Excess over the best order, {@code aurc - optimalAurc}; 0 or more, and 0 for a confidence that ranks perfectly. */
    public double eAurc() {
        return Math.max(0, aurc() - optimalAurc); // below 0 by rounding only
    }

    /** Area under the generalised curve, {@code mean_k (k / n) risk(k / n)}: a failure weighs the same at any coverage. */
    @Reference("traub2024overcoming")
    public double augrc() {
        int n = risk.length;
        double sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += risk[k - 1] * k / n;
        }
        return sum / n;
    }

    /** Selective risk at the least coverage k / n that reaches a target in (0, 1]. */
    public double riskAtCoverage(double coverage) {
        if (!(coverage > 0 && coverage <= 1)) {
            throw new IllegalArgumentException("coverage must lie in (0, 1], was " + coverage);
        }
        int n = risk.length;
        int k = Math.max(1, (int) Math.ceil(coverage * n));
        if (k > 1 && (double) (k - 1) / n >= coverage) {
            k--; // the product was rounded up over a whole number
        }
        return risk[k - 1];
    }

    /** The largest coverage k / n whose selective risk is at most a bound; 0 when none is. */
    public double coverageAtRisk(double bound) {
        Check.finite(bound, "bound");
        int k = risk.length;
        while (k > 0 && risk[k - 1] > bound) {
            k--;
        }
        return (double) k / risk.length;
    }

    private static double[] curve(double[] confidence, double[] loss) {
        int[] order = Sort.order(confidence);
        int n = order.length;
        var risk = new double[n];
        double before = 0; // loss of the groups that are surer
        for (int from = 0; from < n; ) {
            int to = from;
            double group = 0;
            double level = confidence[order[n - 1 - from]];
            while (to < n && confidence[order[n - 1 - to]] == level) {
                group += loss[order[n - 1 - to]];
                to++;
            }
            for (int k = from + 1; k < to; k++) {
                risk[k - 1] = (before + (k - from) * group / (to - from)) / k;
            }
            before += group;
            risk[to - 1] = before / to;
            from = to;
        }
        return risk;
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).sum() / x.length;
    }

    @Override
    public double[] risk() {
        return risk.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RiskCoverage that
                && Arrays.equals(risk, that.risk)
                && Double.compare(optimalAurc, that.optimalAurc) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(risk) + Double.hashCode(optimalAurc);
    }

    @Override
    public String toString() {
        return "RiskCoverage[" + risk.length + " examples, AURC " + aurc() + ", E-AURC " + eAurc() + "]";
    }
}
