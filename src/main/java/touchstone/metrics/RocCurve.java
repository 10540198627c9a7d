package touchstone.metrics;

import java.util.Arrays;

/**
 * Points of the ROC curve, out-of-distribution positive, one a distinct threshold: from (0, 0) above every score to (1, 1)
 * at the lowest.
 *
 * @param thresholds flag where score >= threshold, [k]; falling, the first is +Infinity
 * @param fpr share of in-distribution examples flagged, [k]; rising from 0 to 1
 * @param tpr share of out-of-distribution examples flagged, [k]; rising from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record RocCurve(double[] thresholds, double[] fpr, double[] tpr) {
    public RocCurve {
        thresholds = thresholds.clone();
        fpr = fpr.clone();
        tpr = tpr.clone();
    }

    /** The curve of two samples of scores, higher meaning further out. */
    public static RocCurve of(double[] id, double[] ood) {
        Sweep s = Sweep.oodPositive(id, ood, "ROC curve");
        var thresholds = new double[s.size() + 1];
        var fpr = new double[s.size() + 1];
        var tpr = new double[s.size() + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        for (int i = 0; i < s.size(); i++) {
            thresholds[i + 1] = s.threshold[i];
            fpr[i + 1] = s.fpr(i);
            tpr[i + 1] = s.tpr(i);
        }
        return new RocCurve(thresholds, fpr, tpr);
    }

    /** Area under the curve by the trapezoid rule; equals {@link Auroc} up to rounding. */
    public double area() {
        double area = 0;
        for (int i = 1; i < fpr.length; i++) {
            area += (fpr[i] - fpr[i - 1]) * (tpr[i] + tpr[i - 1]) / 2;
        }
        return area;
    }

    @Override
    public double[] thresholds() {
        return thresholds.clone();
    }

    @Override
    public double[] fpr() {
        return fpr.clone();
    }

    @Override
    public double[] tpr() {
        return tpr.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RocCurve that
                && Arrays.equals(thresholds, that.thresholds)
                && Arrays.equals(fpr, that.fpr)
                && Arrays.equals(tpr, that.tpr);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(thresholds) + Arrays.hashCode(fpr)) + Arrays.hashCode(tpr);
    }

    @Override
    public String toString() {
        return "RocCurve[" + fpr.length + " points, area " + area() + "]";
    }
}
