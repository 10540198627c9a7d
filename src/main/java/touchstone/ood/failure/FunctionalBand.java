package touchstone.ood.failure;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A conformal band around score curves, {@code mean_t + width * modulation_t}, from curves of successful rollouts: mean and
 * modulation from some of them, the width as a quantile of {@code max_t (s_t - mean_t) / modulation_t} over the others. With
 * {@link QuantileRule#FINITE_SAMPLE} a further curve that is exchangeable with the latter leaves the band, at any step, with a
 * chance of at most alpha.
 *
 * <p>Follows the paper and the code of SAFE; the quantile rule differs, and SAFE's is {@link QuantileRule#NUMPY}. Curves of
 * unequal length: for mean and modulation a short curve goes on with its last value; to calibrate and to alarm a curve counts
 * at its own steps only, and beyond the longest curve the band goes on with its last value. So each curve still has one score
 * of its own, and the guarantee holds.
 *
 * @param modulation how wide the band is at each step
 * @param alpha rate of curves that leave the band, in (0, 1)
 * @param rule which quantile is the width
 * @param twoSided whether low scores leave the band too
 */
@Reference({"diquigiovanni2021importance", "gu2025safe"})
public record FunctionalBand(Modulation modulation, double alpha, QuantileRule rule, boolean twoSided) {
    private static final double EPSILON = 1e-8; // as in SAFE's code: no division by 0 where all curves agree

    public FunctionalBand {
        Check.insideUnit(alpha, "alpha");
    }

    /** How wide a band is at each step. */
    public enum Modulation {
        /** The same at each step, {@code 1 / T}. */
        CONST,
        /** The standard deviation (divisor n - 1) of the curves at the step. */
        STDEV,
        /**
         * The largest deviation at the step of those curves whose largest deviation is at most the {@code ceil((n + 1)(1 -
         * alpha))}-th smallest; of all curves where there are too few.
         */
        TFUNC
    }

    /** Standard deviations, alpha 0.1, the finite-sample rule, one-sided. */
    public static FunctionalBand defaults() {
        return new FunctionalBand(Modulation.STDEV, 0.1, QuantileRule.FINITE_SAMPLE, false);
    }

    public FunctionalBand withModulation(Modulation m) {
        return new FunctionalBand(m, alpha, rule, twoSided);
    }

    public FunctionalBand withAlpha(double a) {
        return new FunctionalBand(modulation, a, rule, twoSided);
    }

    public FunctionalBand withRule(QuantileRule r) {
        return new FunctionalBand(modulation, alpha, r, twoSided);
    }

    public FunctionalBand withTwoSided(boolean on) {
        return new FunctionalBand(modulation, alpha, rule, on);
    }

    /**
     * Fits the band.
     *
     * @param shape curves that give mean and modulation, [n][steps], n of 2 or more, finite; not modified
     * @param calibration other curves that give the width, [m][steps], m of 1 or more, finite
     */
    public ScoreBand fit(double[][] shape, double[][] calibration) {
        Check.atLeast(shape.length, 2, "number of shape curves");
        Check.nonEmpty(calibration.length, "calibration");
        check(shape, "shape");
        check(calibration, "calibration");
        int steps = Arrays.stream(shape).mapToInt(c -> c.length).max().orElse(0);
        double[][] whole = Arrays.stream(shape).map(c -> extended(c, steps)).toArray(double[][]::new);
        var mean = new double[steps];
        for (int t = 0; t < steps; t++) {
            for (double[] curve : whole) {
                mean[t] += curve[t] / whole.length;
            }
        }
        var unit = new ScoreBand(mean, modulation(whole, mean), 1, twoSided);
        double[] scores = Arrays.stream(calibration).mapToDouble(unit::score).toArray();
        return new ScoreBand(mean, unit.modulation(), rule.of(scores, alpha), twoSided);
    }

    static void check(double[][] curves, String name) {
        for (int i = 0; i < curves.length; i++) {
            Check.nonEmpty(curves[i].length, name + "[" + i + "]");
            Check.allFinite(curves[i], name + "[" + i + "]");
        }
    }

    private static double[] extended(double[] curve, int steps) {
        double[] out = Arrays.copyOf(curve, steps);
        Arrays.fill(out, curve.length, steps, curve[curve.length - 1]);
        return out;
    }

    private double[] modulation(double[][] curves, double[] mean) {
        var out = new double[mean.length];
        if (modulation == Modulation.CONST) {
            Arrays.fill(out, 1.0 / mean.length);
            return out;
        }
        double cut = modulation == Modulation.TFUNC ? cut(curves, mean) : 0;
        for (int t = 0; t < out.length; t++) {
            for (double[] curve : curves) {
                double off = Math.abs(curve[t] - mean[t]);
                if (modulation == Modulation.STDEV) {
                    out[t] += off * off / (curves.length - 1);
                } else if (largest(curve, mean) <= cut) {
                    out[t] = Math.max(out[t], off);
                }
            }
            out[t] = (modulation == Modulation.STDEV ? Math.sqrt(out[t]) : out[t]) + EPSILON;
        }
        return out;
    }

    private double cut(double[][] curves, double[] mean) {
        double[] largest =
                Arrays.stream(curves).mapToDouble(c -> largest(c, mean)).toArray();
        return QuantileRule.FINITE_SAMPLE.of(largest, alpha);
    }

    private static double largest(double[] curve, double[] mean) {
        double most = 0;
        for (int t = 0; t < mean.length; t++) {
            most = Math.max(most, Math.abs(curve[t] - mean[t]));
        }
        return most;
    }
}
