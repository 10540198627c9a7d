package touchstone.stats;

import touchstone.util.Check;
import touchstone.util.Sort;

/** Ranks from 1 for the least; equal values share the mean of their ranks. */
public final class Ranks {
    private Ranks() {}

    /** Ranks of numbers, [n]; infinities are legal, NaN is not. All ranks are whole or half. */
    public static double[] of(double[] x) {
        Check.noNaN(x, "values to rank");
        int[] order = Sort.order(x);
        var ranks = new double[x.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && x[order[to]] == x[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    /** Sum over the groups of equal ranks of {@code t^3 - t}, t the size of the group: what corrects variances for ties. */
    static double tieSum(double[] ranks) {
        double[] sorted = Sort.ascending(ranks);
        double sum = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            double t = to - from;
            sum += t * t * t - t;
            from = to;
        }
        return sum;
    }
}
