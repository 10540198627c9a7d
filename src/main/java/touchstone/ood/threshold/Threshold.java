package touchstone.ood.threshold;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BetaDistribution;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A calibrated threshold: decides, gives p-values, and bounds its own rate of false alarms. Immutable.
 *
 * <p>The rate holds for one example at a time: of a thousand in-distribution examples, some fifty alarm at a rate of 5 %. Two
 * ways to ask more of it:
 *
 * <ul>
 *   <li>A batch: {@code MultipleTesting.rejected(MultipleTesting.benjaminiHochberg(t.pValues(scores)), 0.1)} flags examples of
 *       which at most 10 % are expected to be false. The p-values share the calibration scores; they are positively dependent in
 *       the way that the procedure allows (Bates et al.). With n calibration scores no p-value falls below
 *       {@code 1 / (n + 1)}, so that m examples need n of about {@code m / 0.1} for a single one to be flagged.
 *   <li>A stream: {@link OnlineMonitor}, whose alarm is false with a bounded chance over all time.
 * </ul>
 */
public final class Threshold {
    private final ThresholdCalibrator options;
    private final double[] sorted;

    Threshold(ThresholdCalibrator options, double[] sorted) {
        this.options = options;
        this.sorted = sorted;
    }

    /** Scores above it alarm; the k-th smallest calibration score. */
    public double value() {
        return sorted[sorted.length - options.alarms(sorted.length)];
    }

    /** The number of calibration scores, n. */
    public int calibrated() {
        return sorted.length;
    }

    /**
     * The conformal p-value of a score, {@code (1 + #(calibration scores >= score)) / (n + 1)}, in [1 / (n + 1), 1]; for an
     * in-distribution example it is at most t with a chance of at most t.
     */
    @Reference("bates2023testing")
    public double pValue(double score) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score must be a number, was NaN");
        }
        return (1.0 + sorted.length - below(score)) / (sorted.length + 1);
    }

    /** The p-values of scores, [n]. */
    public double[] pValues(double[] scores) {
        Check.noNaN(scores, "scores");
        return Arrays.stream(scores).map(this::pValue).toArray();
    }

    /** What to say of a score. */
    public Decision decide(double score) {
        double p = pValue(score);
        if (score > value()) {
            return Decision.OOD;
        }
        return p <= options.undecided() && options.undecided() > options.rate() ? Decision.UNDECIDED : Decision.ID;
    }

    /** What to say of each score, [n]. */
    public Decision[] decide(double[] scores) {
        Check.noNaN(scores, "scores");
        return Arrays.stream(scores).mapToObj(this::decide).toArray(Decision[]::new);
    }

    /**
     * A bound on the rate of false alarms of this very threshold: over draws of the calibration examples, independent of
     * each other, it holds with at least the given confidence. Without ties the rate follows Beta(n + 1 - k, k); this is
     * that distribution's quantile, in (0, 1).
     *
     * @param confidence in (0, 1), such as 0.95
     */
    @Reference("vovk2012conditional")
    public double falseAlarmBound(double confidence) {
        Check.insideUnit(confidence, "confidence");
        int alarms = options.alarms(sorted.length);
        return new BetaDistribution(alarms, sorted.length + 1.0 - alarms, 1e-13)
                .inverseCumulativeProbability(confidence);
    }

    /** How many calibration scores lie below a score. */
    private int below(double score) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return "Threshold[value=" + value() + ", rate=" + options.rate() + ", n=" + sorted.length + "]";
    }
}
