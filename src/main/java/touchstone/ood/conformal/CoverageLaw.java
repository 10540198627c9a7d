package touchstone.ood.conformal;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import touchstone.stats.Interval;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How often conformal sets cover, given how many calibration examples there were: for scores without ties the rate of one
 * calibrated method is Beta(k, n + 1 - k), with {@code k = ceil((n + 1)(1 - alpha))}, over independent draws of the
 * calibration examples; with ties it is no smaller. When {@code k > n} the sets hold everything and the rate is 1.
 *
 * @param calibrated number of calibration examples, n, 0 or more
 * @param alpha the rate of misses, in (0, 1)
 */
@Reference({"vovk2012conditional", "angelopoulos2021gentle"})
public record CoverageLaw(int calibrated, double alpha) {
    public CoverageLaw {
        Check.atLeast(calibrated, 0, "calibrated");
        Check.insideUnit(alpha, "alpha");
    }

    /** The mean rate, {@code k / (n + 1)}: at least {@code 1 - alpha} and below {@code 1 - alpha + 1 / (n + 1)}. */
    public double mean() {
        return rank() / (calibrated + 1.0);
    }

    /** Between what ends the rate of a calibrated method lies with the given chance, both tails alike. */
    public Interval interval(double level) {
        Check.insideUnit(level, "level");
        String method = "Beta(" + rank() + ", " + (calibrated + 1 - rank()) + ")";
        if (full()) {
            return new Interval(1, 1, 1, level, "all classes: too few calibration examples");
        }
        double tail = (1 - level) / 2;
        return new Interval(mean(), quantile(tail), quantile(1 - tail), level, method);
    }

    /** The chance that the rate of a calibrated method is at least a value, in [0, 1]. */
    public double chanceOfAtLeast(double rate) {
        Check.probability(rate, "rate");
        return full() ? 1 : Beta.regularizedBeta(1 - rate, calibrated + 1.0 - rank(), rank(), 1e-14, 100_000);
    }

    /**
     * Between what ends the share covered of so many test examples lies with at least the given chance: the beta-binomial law,
     * both tails at most {@code (1 - level) / 2}.
     */
    public Interval interval(int tested, double level) {
        Check.atLeast(tested, 1, "tested");
        Check.insideUnit(level, "level");
        if (full()) {
            return interval(level);
        }
        double tail = (1 - level) / 2;
        int low = 0;
        double below = 0; // P(fewer than low)
        while (below + chanceOf(low, tested) <= tail) {
            below += chanceOf(low, tested);
            low++;
        }
        int high = tested;
        double above = 0; // P(more than high)
        while (above + chanceOf(high, tested) <= tail) {
            above += chanceOf(high, tested);
            high--;
        }
        double m = tested;
        String method = "beta-binomial, " + calibrated + " calibrated, " + tested + " tested";
        return new Interval(mean(), low / m, high / m, level, method);
    }

    /** The chance that so many of the tested examples are covered, by the beta-binomial law, in [0, 1]. */
    public double chanceOf(int covered, int tested) {
        Check.atLeast(tested, 1, "tested");
        Check.index(covered, tested + 1, "covered");
        if (full()) {
            return covered == tested ? 1 : 0;
        }
        double a = rank();
        double b = calibrated + 1.0 - rank();
        double choose =
                Gamma.logGamma(tested + 1.0) - Gamma.logGamma(covered + 1.0) - Gamma.logGamma(tested - covered + 1.0);
        return Math.exp(choose + Beta.logBeta(covered + a, tested - covered + b) - Beta.logBeta(a, b));
    }

    private double quantile(double p) {
        return new BetaDistribution(null, rank(), calibrated + 1.0 - rank(), 1e-13).inverseCumulativeProbability(p);
    }

    private int rank() {
        return ConformalQuantile.rank(calibrated, alpha);
    }

    private boolean full() {
        return rank() > calibrated;
    }
}
