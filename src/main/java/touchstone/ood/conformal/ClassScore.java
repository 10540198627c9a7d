package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * How badly a class fits a row of class probabilities p; higher is worse. With {@code r} the class's place when the
 * probabilities are sorted from high to low (from 1; equal ones by the lower class), and {@code P_r} the sum of the first r:
 *
 * <ul>
 *   <li>LAC: {@code 1 - p_c}, in [0, 1]; the smallest sets on average, and some may be empty.
 *   <li>APS: {@code P_r}, or {@code P_r - p_c + u p_c} when randomised, in [0, 1]; sets grow with the difficulty of a row.
 *   <li>RAPS: APS plus {@code lambda max(0, r - kReg)}, which keeps long tails out.
 *   <li>MARGIN: {@code max_(j != c) p_j - p_c}, in [-1, 1].
 * </ul>
 *
 * <p>Follows the papers. APS and RAPS want to be randomised: without it the promise holds as with any score, but a row with one
 * nearly sure class scores near 1 even there, so that its set may be empty while doubtful rows get large ones.
 *
 * @param kind which of them
 * @param randomised whether APS and RAPS use a draw u a row, uniform in [0, 1]
 * @param kReg places free of the penalty, 0 or more; of no effect but on RAPS
 * @param lambda penalty a place beyond them, 0 or more; of no effect but on RAPS
 */
@Reference({"sadinle2019least", "romano2020classification", "angelopoulos2021uncertainty"})
public record ClassScore(Kind kind, boolean randomised, int kReg, double lambda) {
    private static final int FEW = 64; // classes that insertion sorts faster

    /** The scores there are. */
    public enum Kind {
        LAC,
        APS,
        RAPS,
        MARGIN
    }

    public ClassScore {
        Check.atLeast(kReg, 0, "kReg");
        Check.notNegative(lambda, "lambda");
        if (randomised && kind != Kind.APS && kind != Kind.RAPS) {
            throw new IllegalArgumentException("only APS and RAPS can be randomised, was " + kind);
        }
    }

    /** One less the probability. */
    public static ClassScore lac() {
        return new ClassScore(Kind.LAC, false, 0, 0);
    }

    /** Summed probabilities, not randomised. */
    public static ClassScore aps() {
        return new ClassScore(Kind.APS, false, 0, 0);
    }

    /** Summed probabilities with a penalty of {@code lambda} a place beyond {@code kReg}, not randomised. */
    public static ClassScore raps(int kReg, double lambda) {
        return new ClassScore(Kind.RAPS, false, kReg, lambda);
    }

    /** By how much the best other class leads. */
    public static ClassScore margin() {
        return new ClassScore(Kind.MARGIN, false, 0, 0);
    }

    /** With a draw u a row. */
    public ClassScore withRandomised() {
        return new ClassScore(kind, true, kReg, lambda);
    }

    /** The scores of all classes of a row, [c]; u is of effect only when randomised. */
    double[] of(double[] p, double u) {
        return switch (kind) {
            case LAC -> Arrays.stream(p).map(x -> 1 - x).toArray();
            case MARGIN -> margins(p);
            case APS -> summed(p, u, 0);
            case RAPS -> summed(p, u, lambda);
        };
    }

    private double[] summed(double[] p, double u, double penalty) {
        var score = new double[p.length];
        int[] order = descending(p);
        double sum = 0;
        for (int r = 1; r <= p.length; r++) {
            int c = order[r - 1];
            double before = sum;
            sum = Math.min(1, sum + p[c]); // above 1 by rounding only
            score[c] = (randomised ? before + u * p[c] : sum) + penalty * Math.max(0, r - kReg);
        }
        return score;
    }

    /** Classes from the most likely on, equal ones by number. */
    private static int[] descending(double[] p) {
        if (p.length > FEW) {
            return Sort.order(Arrays.stream(p).map(x -> -x).toArray());
        }
        var order = new int[p.length];
        for (int c = 0; c < p.length; c++) {
            int at = c;
            for (; at > 0 && p[order[at - 1]] < p[c]; at--) {
                order[at] = order[at - 1];
            }
            order[at] = c;
        }
        return order;
    }

    private static double[] margins(double[] p) {
        var score = new double[p.length];
        for (int c = 0; c < p.length; c++) {
            double other = p.length == 1 ? 0 : Double.NEGATIVE_INFINITY;
            for (int j = 0; j < p.length; j++) {
                other = j == c ? other : Math.max(other, p[j]);
            }
            score[c] = other - p[c];
        }
        return score;
    }
}
