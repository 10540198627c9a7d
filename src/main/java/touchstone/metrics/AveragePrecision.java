package touchstone.metrics;

import touchstone.util.Reference;

/**
 * Area under the precision-recall curve, in (0, 1], with the positive side in the method's name. A score that knows
 * nothing gets the share of positives.
 *
 * <p>The step form, {@code sum_k (R_k - R_(k-1)) P_k} over the distinct thresholds, is the default; the trapezoid form is
 * what OpenOOD and pytorch-ood print as AUPR, and flatters scores with ties (a constant one gets 0.75 of balanced sides).
 */
@Reference("davis2006relationship")
public final class AveragePrecision {
    private AveragePrecision() {}

    /** Average precision with out-of-distribution as the positive class ("AUPR-out"). */
    public static double oodPositive(double[] id, double[] ood) {
        return step(Sweep.oodPositive(id, ood, "average precision"));
    }

    /** Average precision with in-distribution as the positive class ("AUPR-in"); low scores rank first. */
    public static double idPositive(double[] id, double[] ood) {
        return step(Sweep.idPositive(id, ood, "average precision"));
    }

    /** Trapezoid area under the precision-recall curve from the point (recall 0, precision 1), OOD positive. */
    public static double trapezoidOodPositive(double[] id, double[] ood) {
        return trapezoid(Sweep.oodPositive(id, ood, "AUPR"));
    }

    /** Trapezoid area under the precision-recall curve from the point (recall 0, precision 1), ID positive. */
    public static double trapezoidIdPositive(double[] id, double[] ood) {
        return trapezoid(Sweep.idPositive(id, ood, "AUPR"));
    }

    private static double step(Sweep s) {
        double area = 0;
        double recall = 0;
        for (int i = 0; i < s.size(); i++) {
            area += (s.tpr(i) - recall) * s.precision(i);
            recall = s.tpr(i);
        }
        return area;
    }

    private static double trapezoid(Sweep s) {
        double area = 0;
        double recall = 0;
        double precision = 1;
        for (int i = 0; i < s.size(); i++) {
            area += (s.tpr(i) - recall) * (s.precision(i) + precision) / 2;
            recall = s.tpr(i);
            precision = s.precision(i);
        }
        return area;
    }
}
