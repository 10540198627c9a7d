package touchstone.unlearn.metric;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Epsilon of one example: how well one output tells unlearned models from retrained ones, {@code max log((1 - delta - FPR) / FNR),
 * log((1 - delta - FNR) / FPR)} over decision rules of one threshold and of two; in [0, 50], 0 is best. A rule with one rate of 0
 * is passed over, as a sign of too few models; two of 0 give 50, as does a side whose range is below 1 % of the other's.
 *
 * <p>Differs from the competition's program: every threshold between two outputs is tried, not a grid of hundredths, and an interval
 * may mark either side.
 */
@Reference("triantafillou2024progress")
public final class ExampleEpsilon {
    /** The largest epsilon. */
    public static final double CAP = 50;

    /** The competition's delta. */
    public static final double DELTA = 1e-5;

    private ExampleEpsilon() {}

    /**
     * Epsilon of an example from its outputs, such as logit-scaled confidences, under models of both kinds.
     *
     * @param unlearned [m], 2 or more
     * @param retrained [k], 2 or more
     */
    public static double of(double[] unlearned, double[] retrained, double delta) {
        Check.atLeast(Math.min(unlearned.length, retrained.length), 2, "models of each kind");
        Check.allFinite(unlearned, "unlearned");
        Check.allFinite(retrained, "retrained");
        Check.insideUnit(delta, "delta");
        double wide = Math.max(range(unlearned), range(retrained));
        if (wide > 0 && Math.min(range(unlearned), range(retrained)) < 0.01 * wide) {
            return CAP;
        }
        return Math.min(CAP, best(unlearned, retrained, delta, 0));
    }

    /**
     * The largest value over all rules with none passed over: infinite as soon as a rule never accuses wrongly or never misses, which
     * with finitely many models is always. It shows why the competition passes such rules over.
     */
    public static double unbounded(double[] unlearned, double[] retrained, double delta) {
        return best(unlearned, retrained, delta, Double.POSITIVE_INFINITY);
    }

    private static double best(double[] u, double[] r, double delta, double ofOneZero) {
        double[] cuts = Sort.ascending(joined(u, r));
        double best = 0;
        for (int from = 0; from < cuts.length; from++) {
            for (int to = from; to < cuts.length; to++) {
                double positive = share(u, cuts[from], cuts[to]);
                double negative = share(r, cuts[from], cuts[to]);
                best = Math.max(best, epsilon(negative, 1 - positive, delta, ofOneZero));
                best = Math.max(best, epsilon(1 - negative, positive, delta, ofOneZero));
            }
        }
        return best;
    }

    /** Epsilon of one pair of error rates. */
    private static double epsilon(double fpr, double fnr, double delta, double ofOneZero) {
        boolean noFalse = fpr < 1e-12;
        boolean noMiss = fnr < 1e-12;
        if (noFalse && noMiss) {
            return CAP;
        }
        if (noFalse || noMiss) {
            double covered = noFalse ? 1 - delta - fnr : 1 - delta - fpr;
            return covered > 0 ? ofOneZero : 0;
        }
        return Math.max(ratio(1 - delta - fpr, fnr), ratio(1 - delta - fnr, fpr));
    }

    private static double ratio(double rest, double rate) {
        return rest > 0 ? Math.log(rest / rate) : 0;
    }

    /** Share of the values in [low, high]. */
    private static double share(double[] values, double low, double high) {
        int count = 0;
        for (double v : values) {
            count += v >= low && v <= high ? 1 : 0;
        }
        return (double) count / values.length;
    }

    private static double range(double[] x) {
        return Arrays.stream(x).max().orElseThrow() - Arrays.stream(x).min().orElseThrow();
    }

    private static double[] joined(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
