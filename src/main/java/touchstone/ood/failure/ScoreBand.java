package touchstone.ood.failure;

import java.util.OptionalInt;
import touchstone.util.Check;

/** A fitted band around score curves: says when a curve leaves it. Immutable. */
public final class ScoreBand {
    private final double[] mean;
    private final double[] modulation;
    private final double width;
    private final boolean twoSided;

    ScoreBand(double[] mean, double[] modulation, double width, boolean twoSided) {
        this.mean = mean.clone();
        this.modulation = modulation.clone();
        this.width = width;
        this.twoSided = twoSided;
    }

    /** The mean curve, [T]. */
    public double[] mean() {
        return mean.clone();
    }

    /** How wide the band is at each step, [T]; above 0. */
    public double[] modulation() {
        return modulation.clone();
    }

    /** The factor of the modulation; infinite where there were too few calibration curves. */
    public double width() {
        return width;
    }

    /** The upper edge, [T]. */
    public double[] upper() {
        var out = new double[mean.length];
        for (int t = 0; t < out.length; t++) {
            out[t] = mean[t] + width * modulation[t];
        }
        return out;
    }

    /** The lower edge, [T]; -Infinity for a one-sided band. */
    public double[] lower() {
        var out = new double[mean.length];
        for (int t = 0; t < out.length; t++) {
            out[t] = twoSided ? mean[t] - width * modulation[t] : Double.NEGATIVE_INFINITY;
        }
        return out;
    }

    /** How far out a curve comes, {@code max_t (s_t - mean_t) / modulation_t} (of two sides, of the absolute value). */
    public double score(double[] curve) {
        Check.nonEmpty(curve.length, "curve");
        double most = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < curve.length; t++) {
            most = Math.max(most, at(curve, t));
        }
        return most;
    }

    /** The first step, from 0, at which a curve of finite values is outside; empty if it never is. */
    public OptionalInt alarm(double[] curve) {
        Check.nonEmpty(curve.length, "curve");
        for (int t = 0; t < curve.length; t++) {
            if (at(curve, t) > width) {
                return OptionalInt.of(t);
            }
        }
        return OptionalInt.empty();
    }

    private double at(double[] curve, int t) {
        int step = Math.min(t, mean.length - 1);
        double off = Check.finite(curve[t], "curve[" + t + "]") - mean[step];
        return (twoSided ? Math.abs(off) : off) / modulation[step];
    }

    @Override
    public String toString() {
        return "ScoreBand[" + mean.length + " steps, width " + width + (twoSided ? ", two-sided]" : "]");
    }
}
